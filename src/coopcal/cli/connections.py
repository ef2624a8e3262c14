"""Connections of the server: how many there may be, and for how long one is kept whose client takes nothing."""

import contextlib
import os
import resource
import socket
from pathlib import Path

from coopcal.site.layout import MOST_SHARDS

RESERVED = 64 + 3 * MOST_SHARDS
"""Descriptors that are kept for what is not a connection: packs of the site, those of the one before and the one after it
among them, and checks of what is pasted."""

MOST = 1024
"""Connections that are ever held."""

_OPEN = Path("/proc/self/fd")


def allowed() -> int:
    """Return how many connections may be held, after asking for as many descriptors as this program may have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    descriptors = MOST + RESERVED
    most = descriptors if hard == resource.RLIM_INFINITY else min(descriptors, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft = most
    there_are = descriptors if soft == resource.RLIM_INFINITY else soft
    return max(min(there_are - RESERVED, MOST), there_are // 2)


def end_unread(seconds: float) -> None:
    """Let connections end whose clients take nothing of what is sent, after so many seconds (TCP_USER_TIMEOUT).

    It is told to the sockets that listen, from which each connection has it; where a system has none of this, a
    connection is kept for as long as its client keeps it.
    """
    if not hasattr(socket, "TCP_USER_TIMEOUT") or not _OPEN.is_dir():
        return
    for opened in list(_OPEN.iterdir()):
        with contextlib.suppress(OSError), socket.socket(fileno=os.dup(int(opened.name))) as listening:
            if listening.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(seconds * 1000))
