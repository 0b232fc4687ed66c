"""A TCP of a hundred lines in user space, on a packet socket: it does what a story says, right or wrong."""
import select
import socket
import struct
import time

from hosts import inside

FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
LAYOUT = "!HHIIBBHHH"


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


class Segment:
    def __init__(self, frame):
        head = 14 + (frame[14] & 15) * 4
        total = 14 + struct.unpack_from("!H", frame, 16)[0]
        (self.source, self.destination, self.seq, self.ack, offset, self.flags, self.window, _, _) = struct.unpack_from(
            LAYOUT, frame, head
        )
        self.payload = frame[head + (offset >> 4) * 4 : total]


class Peer:
    """One end of one connection. The host's own kernel has no address there, so it does not interfere."""

    def __init__(self, host, address, port, other_address, other_port, interface="eth0"):
        with inside(host):
            self.sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
            self.sock.bind((interface, 0))
        self.mac = self.sock.getsockname()[4]
        self.other_mac = b"\xff" * 6
        self.address, self.other_address = socket.inet_aton(address), socket.inet_aton(other_address)
        self.port, self.other_port = port, other_port
        self.seq, self.ack, self.window = 1_000_000, 0, 8192
        self.ident = 0
        self.learn()

    def learn(self):
        """Asks for the other's link address, as ARP does."""
        question = struct.pack("!HHBBH", 1, 0x0800, 6, 4, 1) + self.mac + self.address + b"\0" * 6 + self.other_address
        self.sock.send(b"\xff" * 6 + self.mac + b"\x08\x06" + question)
        while self.other_mac == b"\xff" * 6:
            self.frame(time.monotonic() + 5)

    def frame(self, deadline):
        """The next IPv4 frame for this connection, or None at the deadline; answers ARP on the way."""
        while True:
            wait = deadline - time.monotonic()
            if wait <= 0 or not select.select([self.sock], [], [], wait)[0]:
                return None
            frame, (_, _, direction, _, _) = self.sock.recvfrom(65535)
            if direction == socket.PACKET_OUTGOING:
                continue
            if frame[12:14] == b"\x08\x06" and frame[38:42] == self.address:
                if frame[20:22] == b"\0\1":
                    answer = frame[14:20] + b"\0\2" + self.mac + self.address + frame[22:32]
                    self.sock.send(frame[6:12] + self.mac + b"\x08\x06" + answer)
                elif frame[28:32] == self.other_address:
                    self.other_mac = frame[22:28]
                    return None
            elif frame[12:14] == b"\x08\x00" and frame[23] == 6 and frame[30:34] == self.address:
                if struct.unpack_from("!H", frame, 36)[0] == self.port:
                    return frame

    def receive(self, seconds=2.0):
        """The next segment. What it carries counts as received."""
        frame = self.frame(time.monotonic() + seconds)
        if frame is None:
            return None
        segment = Segment(frame)
        if not segment.flags & RST:
            after = segment.seq + len(segment.payload) + bool(segment.flags & SYN) + bool(segment.flags & FIN)
            self.ack = after % 2**32
        return segment

    def send(self, flags, payload=b"", seq=None, options=b"", advance=True):
        seq = self.seq if seq is None else seq
        ack = self.ack if flags & ACK else 0
        offset = (20 + len(options)) // 4 << 4
        head = struct.pack(LAYOUT, self.port, self.other_port, seq, ack, offset, flags, self.window, 0, 0) + options
        length = len(head) + len(payload)
        pseudo = self.address + self.other_address + struct.pack("!BBH", 0, 6, length)
        head = head[:16] + struct.pack("!H", checksum(pseudo + head + payload)) + head[18:]
        self.ident += 1
        ip = struct.pack("!BBHHHBBH", 0x45, 0, 20 + length, self.ident, 0x4000, 64, 6, 0) + self.address + self.other_address
        ip = ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:]
        self.sock.send(self.other_mac + self.mac + b"\x08\x00" + ip + head + payload)
        if advance:
            self.seq = (seq + len(payload) + bool(flags & SYN) + bool(flags & FIN)) % 2**32
