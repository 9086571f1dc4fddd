"""Creates, appends to, cuts, renames, removes, re-dates and re-owns files and folders wherever it can.

status: failed
"""

import os
import socket
import sys

FOLDERS = ["/", "/tmp", "/var/tmp", "/dev/shm", "/dev", "/run", "/home", "/root", ".", "..", "/gradecheck",
           "/gradecheck/engine/autograder", "/gradecheck/engine/autograder/sandbox", "/gradecheck/packages/numpy",
           "/usr/lib", "/etc", *sys.path]  # fmt: skip
VICTIMS = [sys.modules[name].__file__ for name in ("os", "numpy", "autograder.sandbox.wire", "msgspec")]


def tried(what, call, *arguments, **keywords):
    try:
        call(*arguments, **keywords)
        print("BREACH:", what, arguments)
    except OSError:
        pass


for folder in FOLDERS:
    name = f"{folder}/gradecheck-breach"
    tried("creates", open, name, "w")
    tried("makes a nameless file in", os.open, folder, os.O_TMPFILE | os.O_RDWR)
    tried("makes", os.mkdir, name)
    tried("makes a pipe", os.mkfifo, name)
    tried("makes a device", os.mknod, name, 0o666)
for victim in VICTIMS:
    tried("appends to", open, victim, "a")
    tried("cuts", os.truncate, victim, 0)
    tried("renames", os.rename, victim, victim + "-gradecheck-breach")
    tried("removes", os.remove, victim)
    tried("removes the folder of", os.rmdir, os.path.dirname(victim))
    tried("re-dates", os.utime, victim)
    tried("changes the mode of", os.chmod, victim, 0o777)
    tried("gives away", os.chown, victim, 1000, 1000)
    tried("marks", os.setxattr, victim, "user.gradecheck-breach", b"1")
tried("binds", lambda: socket.socket(socket.AF_UNIX).bind("/tmp/gradecheck-breach"))


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return None
