"""Network namespaces as hosts: sockets of several hosts in one Python program."""
import contextlib
import ctypes
import os
import socket
import struct

CLONE_NEWNET = 0x40000000
libc = ctypes.CDLL(None, use_errno=True)


def enter(file):
    if libc.setns(file.fileno(), CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns", file.name)


@contextlib.contextmanager
def inside(host):
    """What is created in here belongs to the host: a socket stays in the namespace where it was made."""
    with open("/proc/self/ns/net") as back, open("/run/netns/" + host) as there:
        enter(there)
        try:
            yield
        finally:
            enter(back)


# linux/ethtool.h; ethtool(8) itself is often not installed
SIOCETHTOOL = 0x8946
OFFLOADS = {"rx": 0x15, "tx": 0x17, "tso": 0x1F, "gso": 0x24, "gro": 0x2C}


def plain_frames(interface):
    """Segments as they are on a cable: none larger than the MTU, none without its checksum."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        for command in OFFLOADS.values():
            value = ctypes.create_string_buffer(struct.pack("II", command, 0))
            request = struct.pack("16sP", interface.encode(), ctypes.addressof(value))
            try:
                fcntl.ioctl(control, SIOCETHTOOL, request)
            except OSError as e:
                # EOPNOTSUPP: what cannot be changed is off, or does not matter for this kind of interface
                if e.errno != 95:
                    raise


def link_address(interface):
    with open("/sys/class/net/" + interface + "/address") as file:
        return bytes.fromhex(file.read().strip().replace(":", ""))


if __name__ == "__main__":
    import sys

    # hosts.py A/eth0 B/eth0: plain frames there
    for argument in sys.argv[1:]:
        name, _, device = argument.partition("/")
        with inside(name):
            plain_frames(device)
