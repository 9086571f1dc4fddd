"""What runs behind the wall: the zygote, the workers it forks, and their confinement.

Everything here shares a process with a student's program, so it may hold nothing worth stealing, and nothing that it
says is believed: a worker's reply is that program's answer, never a verdict.
"""
