"""Messages between the grader and the warm process, over a Unix socket.

A message is JSON behind its length in four bytes; bytes that it announces follow it.
"""

import json
import socket
import struct
from typing import Any

_LENGTH = struct.Struct("!I")


def send(sock: socket.socket, message: dict[str, Any], fds: tuple[int, ...] = ()) -> None:
    """Send a message, and open files with it."""
    text = json.dumps(message).encode()
    head = _LENGTH.pack(len(text))
    if fds:
        socket.send_fds(sock, [head], fds)
    else:
        sock.sendall(head)
    sock.sendall(text)


def receive(sock: socket.socket, fds: int = 0) -> tuple[dict[str, Any] | None, list[int]]:
    """Return the next message and the open files that came with it; None at the end."""
    got: list[int] = []
    if fds:
        head, got, _, _ = socket.recv_fds(sock, _LENGTH.size, fds)
    else:
        head = sock.recv(_LENGTH.size)
    if not head:
        return None, got
    head += exactly(sock, _LENGTH.size - len(head))
    message: dict[str, Any] = json.loads(exactly(sock, _LENGTH.unpack(head)[0]))
    return message, got


def exactly(sock: socket.socket, count: int) -> bytes:
    """Return the next `count` bytes.

    Raises
    ------
    EOFError
        If there are fewer.
    """
    parts = []
    while count:
        part = sock.recv(min(count, 1 << 20))
        if not part:
            raise EOFError("The other side ended in the middle of a message.")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
