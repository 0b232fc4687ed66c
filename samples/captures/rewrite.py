"""rewrite.py HOW IN OUT: makes of a recorded capture one that this machine cannot record.

  big-endian     the same file as a big-endian machine writes it (pcap or pcapng)
  null           BSD's loopback: Ethernet headers become the address family, in the writer's byte order
  loop           OpenBSD's: the same in network order
  twice          every frame twice, 2 us apart: a loopback that is seen going out and coming in
  simple         pcapng with Simple Packet Blocks, which have neither time nor interface
  sections       pcapng: the file, and once more as a second section of the other byte order

IN is a little-endian pcap (for sections and simple too), or for big-endian also a little-endian pcapng.
"""
import struct
import sys

MICRO, NANO = 0xA1B2C3D4, 0xA1B23C4D


def read(data):
    """The file header's fields and the records of a little-endian pcap."""
    header = struct.unpack_from("<IHHiIII", data)
    if header[0] not in (MICRO, NANO):
        raise SystemExit("error: not a little-endian pcap")
    records, at = [], 24
    while at < len(data):
        seconds, fraction, kept, length = struct.unpack_from("<IIII", data, at)
        records.append((seconds, fraction, data[at + 16 : at + 16 + kept], length))
        at += 16 + kept
    return header, records


def write(header, records, order="<"):
    out = [struct.pack(order + "IHHiIII", *header)]
    for seconds, fraction, frame, length in records:
        out.append(struct.pack(order + "IIII", seconds, fraction, len(frame), length) + frame)
    return b"".join(out)


def family(frame, order):
    """BSD's number of the address family, in front of the packet instead of an Ethernet header."""
    number = {0x0800: 2, 0x86DD: 30}[struct.unpack_from("!H", frame, 12)[0]]
    return struct.pack(order + "I", number) + frame[14:]


def relinked(data, linktype, order):
    header, records = read(data)
    return write(
        header[:6] + (linktype,), [(s, f, family(frame, order), length - 10) for s, f, frame, length in records]
    )


def twice(data):
    header, records = read(data)
    doubled = []
    for s, f, frame, length in records:
        later = f + 2
        doubled += [(s, f, frame, length), (s + later // 1_000_000, later % 1_000_000, frame, length)]
    return write(header, doubled)


def block(order, kind, body):
    body += b"\0" * (-len(body) % 4)
    return struct.pack(order + "II", kind, len(body) + 12) + body + struct.pack(order + "I", len(body) + 12)


def option(order, code, value):
    return struct.pack(order + "HH", code, len(value)) + value + b"\0" * (-len(value) % 4)


def section(order, comment):
    body = struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1)  # -1: the section's length is not given
    return block(order, 0x0A0D0D0A, body + option(order, 1, comment.encode()) + option(order, 0, b""))


def simple(data):
    header, records = read(data)
    out = [section("<", "frames without a time"), block("<", 1, struct.pack("<HHI", header[6], 0, header[5]))]
    out += [block("<", 3, struct.pack("<I", length) + frame) for _, _, frame, length in records]
    return b"".join(out)


def one_section(order, data):
    header, records = read(data)
    name = {"<": "little-endian", ">": "big-endian"}[order]
    interface = struct.pack(order + "HHI", header[6], 0, header[5]) + option(order, 2, b"lo") + option(order, 0, b"")
    out = [section(order, name), block(order, 1, interface)]
    for s, f, frame, length in records:
        stamp = s * 1_000_000 + f
        fields = struct.pack(order + "IIIII", 0, stamp >> 32, stamp & 0xFFFFFFFF, len(frame), length)
        out.append(block(order, 6, fields + frame))
    return b"".join(out)


def big_endian(data):
    if data[:4] != b"\x0a\x0d\x0d\x0a":
        return write(*read(data), order=">")
    out, at = [], 0
    while at < len(data):
        kind, length = struct.unpack_from("<II", data, at)
        out.append(block(">", kind, swapped(kind, data[at + 8 : at + length - 4])))
        at += length
    return b"".join(out)


# The fields in front of a block's options or packet; the other blocks' are bytes.
FIELDS = {0x0A0D0D0A: "IHHq", 1: "HHI", 5: "III", 6: "IIIII"}


def swapped(kind, body):
    layout = FIELDS.get(kind)
    if layout is None:
        raise SystemExit("error: a block of type %d" % kind)
    size = struct.calcsize("<" + layout)
    fields = struct.unpack_from("<" + layout, body)
    out = struct.pack(">" + layout, *fields)
    if kind == 6:
        kept = fields[3] + -fields[3] % 4
        out += body[size : size + kept]
        size += kept
    while size < len(body):
        code, length = struct.unpack_from("<HH", body, size)
        value = body[size + 4 : size + 4 + length]
        out += option(">", code, turned(kind, code, value))
        size += 4 + length + -length % 4
    return out


def turned(kind, code, value):
    """The value of an option: the ones that are numbers are turned round."""
    numbers = {(1, 8): "Q", (1, 14): "Q", (6, 2): "I", (5, 2): "II", (5, 3): "II", (5, 4): "Q", (5, 5): "Q"}
    numbers.update({(5, 6): "Q", (5, 7): "Q", (5, 8): "Q"})
    layout = numbers.get((kind, code))
    return value if layout is None else struct.pack(">" + layout, *struct.unpack("<" + layout, value))


HOW = {
    "big-endian": big_endian,
    "null": lambda data: relinked(data, 0, "<"),
    "loop": lambda data: relinked(data, 108, "!"),
    "twice": twice,
    "simple": simple,
    "sections": lambda data: one_section("<", data) + one_section(">", data),
}

if __name__ == "__main__":
    how, source, target = sys.argv[1:]
    with open(source, "rb") as file:
        made = HOW[how](file.read())
    with open(target, "wb") as file:
        file.write(made)
