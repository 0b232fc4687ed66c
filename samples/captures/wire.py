"""A cable with faults that are the same each time.

wire.py LEFT RIGHT [--delay MS] [--tag VLAN [--tag VLAN]] [--pad] [RULE ...]

Forwards every frame between two interfaces of its namespace, and does to the n-th frame of a kind what a rule says.
A RULE is one argument: WHAT SIDE KIND NUMBERS, for example 'drop left data 2' or 'drop left syn 1-3'.

  WHAT     drop         it is lost
           duplicate    it arrives twice
           swap         it arrives after the next frame of its kind
           late=MS      it takes so much longer than the others, which overtake it
  SIDE     left, right  where the frame comes from
  KIND     syn (also with ACK), data (TCP with payload), ack (TCP with nothing but an ACK), fin, any (IP)
  NUMBERS  3, 2-4, or 2- for the second and all that follow; counted from 1, retransmissions too

With --tag the frames at RIGHT have a VLAN tag (twice: an outer one for the provider as well); with --pad the short ones are filled up to
60 bytes, as every Ethernet card does.

Why not tc netem: it is missing in many kernels, and its losses are random. Prints 'ready:' once it forwards.
"""
import heapq
import select
import socket
import struct
import sys
import time

SOL_PACKET = 263
PACKET_IGNORE_OUTGOING = 23
ETH_P_ALL = 3


def kind(frame):
    """The kind of an Ethernet frame, of those that rules know; None for ARP and the like."""
    ethertype = struct.unpack_from("!H", frame, 12)[0]
    if ethertype == 0x0800:
        start = 14 + (frame[14] & 15) * 4
        protocol, end = frame[23], 14 + struct.unpack_from("!H", frame, 16)[0]
    elif ethertype == 0x86DD:
        start, protocol = 54, frame[20]
        end = start + struct.unpack_from("!H", frame, 18)[0]
    else:
        return None
    if protocol != 6:
        return "any"
    flags = frame[start + 13]
    if flags & 2:
        return "syn"
    if end > start + (frame[start + 12] >> 4) * 4:
        return "data"
    if flags & 1:
        return "fin"
    return "ack" if flags & 0x14 == 0x10 else "any"


class Rule:
    def __init__(self, text):
        self.what, self.side, self.kind, numbers = text.split()
        first, dash, last = numbers.partition("-")
        self.first = int(first)
        self.last = int(last) if last else (1 << 30 if dash else self.first)
        self.count = 0

    def applies(self, side, frame_kind):
        if side != self.side or frame_kind is None or self.kind not in (frame_kind, "any"):
            return False
        self.count += 1
        return self.first <= self.count <= self.last


class Wire:
    def __init__(self, left, right, delay, tags, pad, rules):
        self.sockets = {"left": self.open(left), "right": self.open(right)}
        self.delay = delay
        self.tags = tags
        self.pad = pad
        self.rules = rules
        self.queue = []  # (when, number, side to, frame): the number keeps frames of the same time in order
        self.number = 0
        self.held = {}

    @staticmethod
    def open(interface):
        sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
        sock.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
        sock.bind((interface, 0))
        return sock

    def run(self):
        names = {sock: name for name, sock in self.sockets.items()}
        while True:
            wait = max(0.0, self.queue[0][0] - time.monotonic()) if self.queue else None
            for sock in select.select(list(names), [], [], wait)[0]:
                self.arrived(names[sock], sock.recv(65535))
            while self.queue and self.queue[0][0] <= time.monotonic():
                _, _, to, frame = heapq.heappop(self.queue)
                self.sockets[to].send(frame)

    def arrived(self, side, frame):
        frame_kind = kind(frame)
        actions = [rule.what for rule in self.rules if rule.applies(side, frame_kind)]
        if "drop" in actions:
            return
        later = sum(float(action[5:]) for action in actions if action.startswith("late="))
        if "swap" in actions:
            self.held[side, frame_kind] = frame
            return
        for _ in range(2 if "duplicate" in actions else 1):
            self.forward(side, frame, later)
        overtaken = self.held.pop((side, frame_kind), None)
        if overtaken is not None:
            self.forward(side, overtaken, 0)

    def forward(self, side, frame, later):
        to = "right" if side == "left" else "left"
        if to == "right":
            for ethertype, tag in zip((0x8100, 0x88A8), self.tags):
                frame = frame[:12] + struct.pack("!HH", ethertype, tag) + frame[12:]
        elif len(self.tags) == 2:
            frame = frame[:12] + frame[16:]  # the kernel has taken off the outer tag, and a single one
        if self.pad:
            frame = frame.ljust(60, b"\0")
        self.number += 1
        heapq.heappush(self.queue, (time.monotonic() + (self.delay + later) / 1000, self.number, to, frame))


def main(arguments):
    left, right, *rest = arguments
    delay, tags, pad, rules = 0.0, [], False, []
    while rest:
        argument = rest.pop(0)
        if argument == "--delay":
            delay = float(rest.pop(0))
        elif argument == "--tag":
            tags.append(int(rest.pop(0)))
        elif argument == "--pad":
            pad = True
        else:
            rules.append(Rule(argument))
    wire = Wire(left, right, delay, tags, pad, rules)
    print("ready:", flush=True)
    wire.run()


if __name__ == "__main__":
    main(sys.argv[1:])
