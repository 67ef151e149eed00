"""Take the network away from the current process.

On Linux only; elsewhere the check of a query's text is the only wall
(:mod:`kg.store.query_guard`).
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from typing import Final

from kg.common.errors import StoreError

_PR_SET_SECCOMP: Final = 22
_PR_SET_NO_NEW_PRIVS: Final = 38
_SECCOMP_MODE_FILTER: Final = 2

_LOAD: Final = 0x20
"""BPF_LD | BPF_W | BPF_ABS"""
_JUMP_IF_EQUAL: Final = 0x15
"""BPF_JMP | BPF_JEQ | BPF_K"""
_JUMP_IF_ABOVE: Final = 0x35
"""BPF_JMP | BPF_JGE | BPF_K"""
_RETURN: Final = 0x06
"""BPF_RET | BPF_K"""
_ALLOW: Final = 0x7FFF0000
_DENY: Final = 0x00050000 | 1
"""SECCOMP_RET_ERRNO with EPERM."""
_KILL: Final = 0x80000000
_NUMBER: Final = 0
"""Offset of the call's number in struct seccomp_data."""
_ARCHITECTURE: Final = 4

_X32: Final = 0x40000000
_IO_URING_SETUP: Final = 425
"""The same number on all architectures."""
_CALLS: Final = {
    "x86_64": (0xC000003E, (41, 53)),
    "aarch64": (0xC00000B7, (198, 199)),
}
"""Audit architecture, and the numbers of socket and socketpair (linux/audit.h, unistd.h)."""


def deny_network() -> None:
    """Let every attempt to open a socket fail from here on; raise StoreError if that fails."""
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        return
    architecture, calls = _CALLS[platform.machine()]
    denied = (*calls, _IO_URING_SETUP)
    program = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_IF_ABOVE, len(denied) + 1, 0, _X32),
        *((_JUMP_IF_EQUAL, len(denied) - index, 0, call) for index, call in enumerate(denied)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DENY),
    ]
    code = b"".join(struct.pack("HBBI", *instruction) for instruction in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    filter_ = struct.pack("HxxxxxxP", len(program), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    for arguments in (
        (_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, filter_, 0, 0),
    ):
        if libc.prctl(*arguments) != 0:
            reason = os.strerror(ctypes.get_errno())
            raise StoreError(f"queries can't be cut off from the network: {reason}")
