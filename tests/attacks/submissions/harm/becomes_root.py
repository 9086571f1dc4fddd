"""Gains rights: setuid, capabilities, namespaces, mounts, chroot, setuid programs, and loading code into the kernel.

status: failed
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
BUFFER = ctypes.create_string_buffer(4096)
CALLS = {
    "setuid": (105, 0), "setgid": (106, 0), "setreuid": (113, 0, 0), "setresuid": (117, 0, 0, 0), "setgroups": (116, 0, 0),
    "capset": (126, BUFFER, BUFFER), "unshare user": (272, 0x10000000), "unshare mount": (272, 0x20000),
    "setns": (308, 3, 0), "mount": (165, b"none", b"/", b"tmpfs", 0, 0), "umount2": (166, b"/", 2),
    "pivot_root": (155, b"/", b"/"), "chroot": (161, b"/"), "fsopen": (430, b"tmpfs", 0), "open_tree": (428, -100, b"/", 0),
    "move_mount": (429, 3, b"", -100, b"/", 4), "bpf": (321, 0, BUFFER, 72), "perf_event_open": (298, BUFFER, 0, -1, -1, 0),
    "io_uring_setup": (425, 8, BUFFER), "init_module": (175, BUFFER, 99, b""), "kexec_load": (246, 0, 0, 0, 0),
    "reboot": (169, 0xFEE1DEAD, 672274793, 0x4321FEDC), "swapon": (167, b"/", 0), "sethostname": (170, b"breach", 6),
    "settimeofday": (164, BUFFER, 0), "adjtimex": (159, BUFFER), "acct": (163, b"/"), "iopl": (172, 3), "ioperm": (173, 0, 9, 1),
    "personality": (135, 0x0040000), "seccomp": (317, 1, 0, BUFFER), "prctl seccomp": (157, 22, 2, BUFFER),
    "prctl keep capabilities": (157, 8, 1), "prctl dumpable": (157, 4, 1), "prctl subreaper": (157, 36, 1),
    "landlock": (444, BUFFER, 8, 0), "landlock rule": (445, 3, 1, BUFFER, 0), "chown": (92, b"/", 0, 0), "ptrace": (101, 16, 1, 0, 0),
    "process_madvise": (440, 3, BUFFER, 1, 21, 0), "userfaultfd": (323, 1), "fanotify": (300, 0, 0), "modify_ldt": (154, 1, BUFFER, 16),
}  # fmt: skip
for name, call in CALLS.items():
    if libc.syscall(*call) >= 0:
        print("BREACH:", name)
for program in ("/bin/su", "/usr/bin/sudo", "/bin/sh", "/usr/bin/python3", "/usr/bin/newuidmap"):
    try:
        os.execve(program, [program], {})
    except OSError:
        pass


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return None
