"""Ports for the servers that tests start."""

import socket


def free_ports(count: int) -> list[int]:
    """Return ports that nothing listens on, each another one."""
    servers = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [server.getsockname()[1] for server in servers]
    for server in servers:
        server.close()
    return ports
