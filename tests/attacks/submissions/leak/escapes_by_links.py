"""Makes links and opens by handle, by parent folders and by magic paths to reach the real root.

status: failed
"""

import os

TARGETS = ("/", "/etc/passwd", "/proc/1/root", "/work", "/root")
for target in TARGETS:
    for make in (os.symlink, os.link):
        for place in ("/gradecheck-breach", "gradecheck-breach", "/gradecheck/engine/gradecheck-breach", "/dev/gradecheck-breach"):
            try:
                make(target, place)
                print("BREACH: linked", place)
            except OSError:
                pass
for path in ("../" * 30 + "etc/passwd", "/gradecheck/../../../etc/passwd", "//etc/passwd", "/proc/self/root/etc/passwd",
             "/dev/fd/0/../../etc/passwd", "/gradecheck/engine/../../../course.yaml"):  # fmt: skip
    try:
        print("BREACH:", open(path).read(99))
    except OSError:
        pass
try:
    top = os.open("/", os.O_PATH)
    print("parent of the root:", os.stat("..", dir_fd=top).st_ino == os.fstat(top).st_ino)
    print("BREACH:", os.listdir(os.open("../..", os.O_RDONLY | os.O_DIRECTORY, dir_fd=top)))
except OSError:
    pass


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return None
