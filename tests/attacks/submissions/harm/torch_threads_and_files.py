"""Lets torch do the harm: many threads, a file written by torch.save, shared memory, a library loaded, code compiled.

exercise: exercise-12
status: [failed, error, crashed, timeout, skipped]
"""

import torch


def tried(what, call):
    try:
        call()
        print("BREACH:", what)
    except Exception:
        pass


torch.set_num_threads(64)
tried("save", lambda: torch.save(torch.ones(3), "/tmp/gradecheck-breach"))
tried("shared memory", lambda: torch.ones(3).share_memory_())
tried("mapped file", lambda: torch.from_file("/dev/shm/gradecheck-breach", shared=True, size=1 << 20))
tried("compile", lambda: torch.compile(lambda x: x + 1)(torch.ones(3)))


class GRUCell(torch.nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()

    def forward(self, x, h):
        torch.ones(2000, 2000) @ torch.ones(2000, 2000)
        return torch.ones(1 << 40)
