"""Speaks to this machine and others by all kinds of sockets.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = r"""
import socket
import urllib.request

targets = [("127.0.0.1", @PORT@), ("localhost", @PORT@), ("169.254.169.254", 80),
           ("8.8.8.8", 53), ("192.168.0.1", 80), ("172.17.0.1", @PORT@)]
for target in targets:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as client:
            client.settimeout(0.3)
            try:
                client.connect(target)
                client.send(b"out")
                print("sent", target)
            except OSError as error:
                print(target, error)
for address in ("\0@ABSTRACT@", "@SOCKET@"):
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(address)
            client.send(b"out")
        except OSError as error:
            print(address, error)
# 31 is Bluetooth, which not every Python has a name for
for family in (socket.AF_NETLINK, socket.AF_PACKET, socket.AF_VSOCK, 31):
    try:
        with socket.socket(family, socket.SOCK_RAW) as client:
            print("opened", family)
    except OSError as error:
        print(family, error)
try:
    print(socket.getaddrinfo("example.org", 80), urllib.request.urlopen("http://example.org"))
except OSError as error:
    print(error)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
