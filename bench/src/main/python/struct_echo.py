#!/usr/bin/env python3
"""A peer of the frames suite: fixed or variable frames, unpacked and packed again with struct."""
import struct
import sys

from selectors_server import serve

FIXED = struct.Struct("!BLL20s")
HEADER = struct.Struct("!BLL")


class Session:
    """One client's frames; the bytes of one that is not whole yet are kept."""

    def __init__(self):
        self.rest = b""

    def fixed(self, received):
        data = self.rest + received
        whole = len(data) - len(data) % FIXED.size
        self.rest = data[whole:]
        replies = []
        for version, order, size, text in FIXED.iter_unpack(data[:whole]):
            replies.append(FIXED.pack(version, order, size, text))
        return b"".join(replies)

    def variable(self, received):
        data = self.rest + received
        replies = []
        at = 0
        while at + HEADER.size <= len(data):
            version, order, size = HEADER.unpack_from(data, at)
            start = at + HEADER.size
            if start + size > len(data):
                break
            replies.append(HEADER.pack(version, order, size))
            replies.append(data[start : start + size])
            at = start + size
        self.rest = data[at:]
        return b"".join(replies)


kind = sys.argv[2]
serve(int(sys.argv[1]), lambda: getattr(Session(), kind))
