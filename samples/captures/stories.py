"""What the hosts do in each odd case: stories.py STORY.

One program plays all hosts, so that each step comes after the one before it. A is 10.0.3.1, B is 10.0.3.2.
"""
import socket
import struct
import sys
import threading
import time

from hosts import inside
from peer import ACK, FIN, PSH, RST, SYN, Peer

A, B = "10.0.3.1", "10.0.3.2"
A6, B6 = "fd00:3::1", "fd00:3::2"
PORT = 5005
SMALL = struct.pack("!BBH", 2, 4, 1460)  # the option maximum segment size


def listener(host="B", address=B, port=PORT, **options):
    with inside(host):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if "buffer" in options:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, options["buffer"])
    sock.bind((address, port))
    sock.listen()
    sock.settimeout(15)
    return sock


def client(host="A", address=A, port=0, family=socket.AF_INET):
    with inside(host):
        sock = socket.socket(family, socket.SOCK_STREAM)
    sock.settimeout(15)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if port:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((address, port))
    return sock


def accept(listening):
    sock, _ = listening.accept()
    sock.settimeout(15)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def connected(**options):
    """A connection from A to B: the client's socket and the server's."""
    with listener(**options) as listening:
        c = client()
        c.connect((B, PORT))
        return c, accept(listening)


def receive(sock, count):
    data = b""
    while len(data) < count:
        more = sock.recv(count - len(data))
        if not more:
            raise EOFError("%d of %d bytes" % (len(data), count))
        data += more
    return data


def reset(sock):
    """Closes with RST instead of FIN."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def answer(c, s, text=b"HELLO\n"):
    c.sendall(text)
    receive(s, len(text))
    reply = text.strip()[::-1].swapcase() + b"\n"
    s.sendall(reply)
    assert receive(c, len(reply)) == reply


def end(first, second):
    """One side closes, then the other: FIN, ACK, FIN, ACK."""
    first.shutdown(socket.SHUT_WR)
    assert second.recv(1) == b""
    time.sleep(0.1)  # so that the ACK goes alone
    second.close()
    assert first.recv(1) == b""
    first.close()


def exchange():
    """HELLO, olleh, and a close."""
    c, s = connected()
    answer(c, s)
    end(c, s)


def short_words():
    c, s = connected()
    answer(c, s, b"Hi\n")
    end(c, s)


def exchange6():
    with listener(address=B6) as listening:
        c = client(family=socket.AF_INET6)
        c.connect((B6, PORT))
        s = accept(listening)
    answer(c, s)
    end(c, s)


def lines(count):
    return [b"line %d of %d: HELLO\n" % (i, count) for i in range(1, count + 1)]


def burst(count=8):
    """Eight lines in eight segments, sent without waiting."""
    c, s = connected()
    for line in lines(count):
        c.sendall(line)
    receive(s, sum(map(len, lines(count))))
    s.sendall(b"got all\n")
    receive(c, 8)
    end(c, s)


def one_way():
    """A line to B, which does not answer before A has had time to send it again."""
    c, s = connected()
    c.sendall(b"HELLO\n")
    receive(s, 6)
    time.sleep(0.7)
    s.sendall(b"olleh\n")
    receive(c, 6)
    end(c, s)


def unanswered():
    c = client()
    c.settimeout(2.5)
    try:
        c.connect((B, PORT))
    except TimeoutError:
        c.close()
        return
    raise AssertionError("somebody answered")


def refused():
    c = client()
    try:
        c.connect((B, PORT))
    except ConnectionRefusedError:
        c.close()
        return
    raise AssertionError("somebody listens")


def reset_by_client():
    """HELLO, olleh, and then RST instead of FIN."""
    c, s = connected()
    answer(c, s)
    reset(c)
    try:
        s.recv(1)
    except ConnectionResetError:
        s.close()
        return
    raise AssertionError("no RST")


def reset_by_unread():
    """The server closes with the client's line unread: the kernel sends RST, because data was lost."""
    c, s = connected()
    c.sendall(b"HELLO\n")
    assert s.recv(1, socket.MSG_PEEK) == b"H"
    s.close()
    try:
        c.recv(1)
    except ConnectionResetError:
        c.close()
        return
    raise AssertionError("no RST")


def half_close():
    """The client says all it has to say and closes its direction; then the server answers, for as long as it wants."""
    c, s = connected()
    for line in (b"HELLO\n", b"WORLD\n"):
        c.sendall(line)
        receive(s, 6)
    c.shutdown(socket.SHUT_WR)
    assert s.recv(1) == b""
    for line in (b"olleh\n", b"dlrow\n", b"that was all\n"):
        time.sleep(0.1)
        s.sendall(line)
        receive(c, len(line))
    s.close()
    assert c.recv(1) == b""
    c.close()


def together(*actions):
    """Does things at the same time, to less than the time on the wire."""
    start = threading.Barrier(len(actions))

    def run(action):
        start.wait()
        action()

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def simultaneous_open():
    """Both connect to each other and nobody listens: two SYNs cross, and make one connection."""
    a, b = client("A", A, 5001), client("B", B, 5002)
    together(lambda: a.connect((B, 5002)), lambda: b.connect((A, 5001)))
    answer(a, b)
    end(a, b)


def simultaneous_close():
    """Both close at the same time: two FINs cross, and both sides end in TIME_WAIT."""
    c, s = connected()
    answer(c, s)
    time.sleep(0.1)
    together(lambda: c.shutdown(socket.SHUT_WR), lambda: s.shutdown(socket.SHUT_WR))
    assert c.recv(1) == b"" and s.recv(1) == b""
    c.close()
    s.close()


def keep_alive():
    """Nobody says anything for three seconds; the client's kernel asks every second whether the server is there."""
    c, s = connected()
    c.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1)
    c.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
    c.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    answer(c, s)
    time.sleep(3.5)
    answer(c, s, b"WORLD\n")
    end(c, s)


def server_first():
    """The server greets, and the client takes five seconds for its first word."""
    c, s = connected()
    greeting = b"Welcome to CS 352!\n"
    s.sendall(greeting)
    receive(c, len(greeting))
    time.sleep(5)
    answer(c, s)
    end(c, s)


def zero_window():
    """A reader that stops: its buffer fills up, its window closes, and the sender asks until it opens."""
    c, s = connected(buffer=4096)
    text = b"".join(lines(400))
    sender = threading.Thread(target=c.sendall, args=(text,))
    sender.start()
    time.sleep(1.5)
    receive(s, len(text))
    sender.join()
    end(c, s)


def zero_window_probe():
    """As before, but the sender is a TCP that probes with a byte of data, as BSD does."""
    with listener("B", B, buffer=4096) as listening:
        peer = Peer("A", A, 40000, B, PORT)
        peer.send(SYN, options=SMALL)
        peer.receive()
        peer.send(ACK)
        s = accept(listening)
    text = b"".join(lines(400))
    sent = 0
    window = 2000
    while window:
        part = text[sent : sent + min(500, window)]
        peer.send(PSH | ACK, part)
        sent += len(part)
        while True:
            segment = peer.receive()
            if segment.ack == peer.seq:
                window = segment.window
                break
    for _ in range(3):
        time.sleep(0.3)
        peer.send(ACK, text[sent : sent + 1], advance=False)
        peer.receive()
    receive(s, sent)
    while peer.receive(0.3):
        pass
    peer.send(PSH | ACK, b"the end\n")
    receive(s, 8)
    peer.receive()
    peer.send(FIN | ACK)
    assert s.recv(1) == b""
    s.close()
    while not peer.receive().flags & FIN:
        pass
    peer.send(ACK)
    time.sleep(0.1)


def half_open():
    """The client sends SYN and is gone: the server has answered, and waits in SYN-RECEIVED."""
    with listener():
        Peer("A", A, 40000, B, PORT).send(SYN, options=SMALL)
        time.sleep(3.5)


def port_reuse(pause=0.2):
    """Two connections between the same four: address and port, address and port."""
    with listener() as listening:
        c = client(port=40000)
        c.connect((B, PORT))
        s = accept(listening)
        answer(c, s)
        reset(c)  # so that there is no TIME_WAIT
        time.sleep(pause)
        s.close()
        c = client(port=40000)
        c.connect((B, PORT))
        s = accept(listening)
        answer(c, s, b"WORLD\n")
        end(c, s)


def port_reuse_at_once():
    """The same without a pause: the first connection's FIN and the second's SYN are under way together."""
    port_reuse(0)


def sequence_wrap():
    """The client's sequence numbers pass 2^32 in the middle of a line."""
    with listener() as listening:
        peer = Peer("A", A, 40000, B, PORT)
        peer.seq = 0xFFFFFFF0
        peer.send(SYN, options=SMALL)
        peer.receive()
        peer.send(ACK)
        s = accept(listening)
    for line in lines(3):
        peer.send(PSH | ACK, line)
        receive(s, len(line))
        peer.receive()
    s.sendall(b"got all\n")
    peer.receive()
    peer.send(FIN | ACK)
    assert s.recv(1) == b""
    s.close()
    while not peer.receive().flags & FIN:
        pass
    peer.send(ACK)
    time.sleep(0.1)


def after_close():
    """The client closes with close(): nobody is there any more for what the server says then, so it gets RST."""
    c, s = connected()
    c.sendall(b"HELLO\n")
    c.close()
    receive(s, 6)
    assert s.recv(1) == b""
    s.sendall(b"olleh\n")
    time.sleep(0.2)
    s.close()


def in_the_middle():
    """Half of a conversation, a line on standard input, the other half."""
    c, s = connected()
    answer(c, s)
    print("ready:", flush=True)
    sys.stdin.readline()
    answer(c, s, b"WORLD\n")
    end(c, s)


def urgent():
    """A byte of urgent data."""
    c, s = connected()
    answer(c, s)
    c.send(b"!", socket.MSG_OOB)
    time.sleep(0.1)
    end(c, s)


def dead_peer():
    """The server's host vanishes after the handshake (the wire drops all): the client retransmits, later and later."""
    c, s = connected()
    c.sendall(b"HELLO\n")
    time.sleep(3)


def datagrams(c, s, to, text):
    c.sendto(text, to)
    data, source = s.recvfrom(65535)
    assert data == text
    s.sendto(data.upper(), source)
    c.recvfrom(65535)


def udp(addresses, family, *options, text=b"hello\n"):
    with inside("B"):
        s = socket.socket(family, socket.SOCK_DGRAM)
        s.bind((addresses[1], 12000))
    with inside("A"):
        c = socket.socket(family, socket.SOCK_DGRAM)
    for sock in (c, s):
        sock.settimeout(10)
        for level, name, value in options:
            sock.setsockopt(level, name, value)
    datagrams(c, s, (addresses[1], 12000), text)
    c.close()
    s.close()


def long_text():
    return (b"".join(b"%04d: a datagram of 4000 bytes\n" % i for i in range(200)))[:4000]


def fragments():
    udp((A, B), socket.AF_INET, text=long_text())


def fragments6():
    udp((A6, B6), socket.AF_INET6, text=long_text())


def ip_options():
    """Record Route, with room for three addresses, and a padding byte."""
    udp((A, B), socket.AF_INET, (socket.IPPROTO_IP, socket.IP_OPTIONS, b"\x07\x0f\x04" + b"\0" * 12 + b"\0"))
    with listener() as listening:
        c = client()
        c.setsockopt(socket.IPPROTO_IP, socket.IP_OPTIONS, b"\x01\x01\x01\x01")  # four times No Operation
        c.connect((B, PORT))
        s = accept(listening)
    answer(c, s)
    end(c, s)


def extension_headers():
    """Hop-by-Hop and Destination Options, each with nothing but padding (PadN) in it."""
    padding = b"\0\0\x01\x04\0\0\0\0"  # next header (the kernel's), length 0: 8 bytes; PadN of 4
    both = (
        (socket.IPPROTO_IPV6, socket.IPV6_HOPOPTS, padding),
        (socket.IPPROTO_IPV6, socket.IPV6_DSTOPTS, padding),
    )
    udp((A6, B6), socket.AF_INET6, *both)
    with listener(address=B6) as listening:
        c = client(family=socket.AF_INET6)
        c.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_DSTOPTS, padding)
        c.connect((B6, PORT))
        s = accept(listening)
    answer(c, s)
    end(c, s)


def unreachable():
    """A datagram to a port where nobody listens: ICMP says so."""
    with inside("A"):
        c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    c.settimeout(5)
    c.connect((B, 12000))
    c.send(b"anybody?\n")
    try:
        c.recv(100)
    except ConnectionRefusedError:
        return
    raise AssertionError("no ICMP")


if __name__ == "__main__":
    globals()[sys.argv[1].replace("-", "_")]()
