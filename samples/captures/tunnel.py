"""tunnel.py HOST HOST: an interface tun0 in either host, and what goes in at one comes out at the other.

A tun interface carries IP packets with no link header at all. Prints 'ready:' once it forwards.
"""
import fcntl
import os
import select
import struct
import sys

from hosts import inside

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 1, 0x1000


def tun(host):
    with inside(host):
        device = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", b"tun0", IFF_TUN | IFF_NO_PI))
    return device


def main(hosts):
    ends = [tun(host) for host in hosts]
    print("ready:", flush=True)
    while True:
        for end in select.select(ends, [], [])[0]:
            packet = os.read(end, 65535)
            os.write(ends[1 - ends.index(end)], packet)


if __name__ == "__main__":
    main(sys.argv[1:])
