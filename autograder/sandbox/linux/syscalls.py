"""Which system calls a worker may make, as a BPF program for seccomp.

An allow-list: what Python, numpy and torch need to compute, and to answer over a socket that is already open. Sockets,
exec, fork, ptrace, signals to anyone, memfd, shared memory, mounts, namespaces, io_uring, bpf, keys and changes to
files are thus refused. The program is assembled here (a BPF instruction is eight bytes) because the binding of
libseccomp takes longer to import than a submission takes to grade, and needs a system library besides.
"""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterable

#: Numbers on (x86_64, aarch64), from the kernel's headers; -1 where an architecture lacks the call.
_ALLOWED = {
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67), "pwrite64": (18, 68),
    "close": (3, 57), "close_range": (436, 436), "lseek": (8, 62), "open": (2, -1), "openat": (257, 56),
    "stat": (4, -1), "lstat": (6, -1), "fstat": (5, 80), "newfstatat": (262, 79), "statx": (332, 291),
    "access": (21, -1), "faccessat": (269, 48), "faccessat2": (439, 439), "readlink": (89, -1), "readlinkat": (267, 78),
    "getdents64": (217, 61), "getcwd": (79, 17), "dup": (32, 23), "dup2": (33, -1), "dup3": (292, 24), "pipe": (22, -1),
    "pipe2": (293, 59), "poll": (7, -1), "ppoll": (271, 73), "select": (23, -1), "pselect6": (270, 72),
    "epoll_create1": (291, 20), "epoll_ctl": (233, 21), "epoll_wait": (232, -1), "epoll_pwait": (281, 22),
    "eventfd2": (290, 19), "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "mremap": (25, 216),
    "madvise": (28, 233), "brk": (12, 214), "membarrier": (324, 283), "msync": (26, 227), "mincore": (27, 232),
    "futex": (202, 98), "futex_waitv": (449, 449), "set_robust_list": (273, 99), "get_robust_list": (274, 100),
    "rseq": (334, 293), "set_tid_address": (218, 96), "sched_yield": (24, 124), "sched_getaffinity": (204, 123),
    "sched_getparam": (143, 121), "sched_getscheduler": (145, 120), "nanosleep": (35, 101),
    "clock_nanosleep": (230, 115), "clock_gettime": (228, 113), "clock_getres": (229, 114), "gettimeofday": (96, 169),
    "time": (201, -1), "times": (100, 153), "getrusage": (98, 165), "getitimer": (36, 102), "setitimer": (38, 103),
    "alarm": (37, -1), "pause": (34, -1), "getpid": (39, 172), "gettid": (186, 178), "getppid": (110, 173),
    "getuid": (102, 174), "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177), "getgroups": (115, 158),
    "getresuid": (118, 148), "getresgid": (120, 150), "getpgrp": (111, -1), "getpgid": (121, 155), "getsid": (124, 156),
    "getrlimit": (97, 163), "uname": (63, 160), "sysinfo": (99, 179), "getrandom": (318, 278), "getcpu": (309, 168),
    "umask": (95, 166), "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139),
    "rt_sigpending": (127, 136), "rt_sigsuspend": (130, 133), "rt_sigtimedwait": (128, 137), "sigaltstack": (131, 132),
    "restart_syscall": (219, 128), "getsockname": (51, 204),
    "getpeername": (52, 205), "getsockopt": (55, 209), "exit": (60, 93), "exit_group": (231, 94),
    "arch_prctl": (158, -1),
}  # fmt: skip
_CLONE, _FCNTL, _IOCTL, _PRCTL, _PRLIMIT = (56, 220), (72, 25), (16, 29), (157, 167), (302, 261)
_SENDTO, _RECVFROM = (44, 206), (45, 207)

#: A new thread, and nothing else: CLONE_VM | CLONE_SIGHAND | CLONE_THREAD, with no namespace flag beside them.
_THREAD = 0x100 | 0x800 | 0x10000
_NAMESPACES = 0x80 | 0x20000 | 0x2000000 | 0x4000000 | 0x8000000 | 0x10000000 | 0x20000000 | 0x40000000
#: F_DUPFD … F_SETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ; not F_SETOWN and F_SETSIG, which send signals
_FCNTL_COMMANDS = (0, 1, 2, 3, 4, 1030, 1032)
_IOCTL_REQUESTS = (
    0x5401,
    0x5413,
    0x541B,
    0x5421,
    0x5450,
    0x5451,
)  # is it a terminal, its size, FIONREAD, FIONBIO, CLOEXEC
_PRCTL_OPTIONS = (15, 16, 3)  # PR_SET_NAME, PR_GET_NAME, PR_GET_DUMPABLE

_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_X32_BIT = 0x40000000
#: Calls from here on are younger than the ones above: ENOSYS makes a C library fall back, where EPERM would stop it.
_YOUNG = 424

_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
_ALLOW, _KILL_PROCESS, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16


def seccomp_program(machine: str) -> bytes | None:
    """The BPF program for an architecture as `os.uname().machine` names it; None where the numbers aren't known."""
    if machine not in _ARCHITECTURES:
        return None
    column, architecture = _ARCHITECTURES[machine]
    code = [
        *_load(_ARCHITECTURE), _op(_EQUAL, architecture, 1, 0), *_return(_KILL_PROCESS),
        *_load(_NUMBER), _op(_AT_LEAST, _X32_BIT, 0, 1), *_return(_KILL_PROCESS),
    ]  # fmt: skip
    for numbers in _ALLOWED.values():
        if numbers[column] >= 0:
            code += _when(numbers[column], _return(_ALLOW))
    code += _when(_CLONE[column], _only_argument(0, [_THREAD], errno.EPERM, mask=_THREAD | _NAMESPACES))
    code += _when(_FCNTL[column], _only_argument(1, _FCNTL_COMMANDS, errno.EPERM))
    code += _when(_IOCTL[column], _only_argument(1, _IOCTL_REQUESTS, errno.ENOTTY))
    code += _when(_PRCTL[column], _only_argument(0, _PRCTL_OPTIONS, errno.EPERM))
    code += _when(_PRLIMIT[column], _reading_own_limits())
    for numbers in (_SENDTO, _RECVFROM):  # without flags: MSG_OOB has led out of other people's sandboxes
        code += _when(numbers[column], _only_argument(3, [0], errno.EPERM))
    code += [_op(_AT_LEAST, _YOUNG, 0, 1), *_return(_ERRNO | errno.ENOSYS), *_return(_ERRNO | errno.EPERM)]
    return b"".join(code)


def _op(code: int, value: int, when_true: int = 0, when_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, when_true, when_false, value)


def _load(offset: int) -> list[bytes]:
    return [_op(_LOAD, offset)]


def _return(action: int) -> list[bytes]:
    return [_op(_RETURN, action)]


def _when(number: int, body: list[bytes]) -> list[bytes]:
    """If the call is `number`, run `body` (which always returns); otherwise go on after it."""
    return [_op(_EQUAL, number, 0, len(body)), *body]


def _argument(index: int, *, high: bool = False) -> list[bytes]:
    return _load(_ARGUMENTS + 8 * index + (4 if high else 0))


def _only_argument(index: int, values: Iterable[int], error: int, mask: int | None = None) -> list[bytes]:
    """Allow the call if the low 32 bits of an argument, masked, are one of `values`; else fail with `error`.

    The kernel reads these arguments as 32-bit numbers, or ignores what is above; nothing hides in the high half.
    """
    code = _argument(index) + ([_op(_AND, mask)] if mask is not None else [])
    for value in values:
        code += [_op(_EQUAL, value, 0, 1), *_return(_ALLOW)]
    return [*code, *_return(_ERRNO | error)]


def _reading_own_limits() -> list[bytes]:
    """prlimit64 with no new limit, of the calling process."""
    refuse = _return(_ERRNO | errno.EPERM)
    code: list[bytes] = []
    for part in (_argument(0), _argument(2), _argument(2, high=True)):
        code += [*part, _op(_EQUAL, 0, 1, 0), *refuse]
    return [*code, *_return(_ALLOW)]
