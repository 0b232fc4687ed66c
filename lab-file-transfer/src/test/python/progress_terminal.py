"""Sends a file in a pseudo-terminal, and looks at the bytes that reach it.

progress_terminal.py FILE COMMAND...

COMMAND is everything up to the subcommand. The server is played here, so that the file is half sent for as long
as it takes to see that. Prints what is wrong and ends with status 1, or with 0.
"""
import fcntl
import os
import pty
import re
import select
import socket
import struct
import subprocess
import sys
import termios
import threading
import time

DEADLINE = 30
YES = bytes(12)


def receive(peer, count):
    while count:
        got = peer.recv(min(count, 65536))
        assert got, "the connection ended"
        count -= len(got)


class Terminal:
    def __init__(self, command):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.seen = b""
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0), env=dict(os.environ, TERM="xterm-256color"))
        os.close(slave)

    def read(self):
        ready = select.select([self.master], [], [], DEADLINE)[0]
        assert ready, "nothing more than {}".format(self.seen)
        try:
            more = os.read(self.master, 65536)
        except OSError:  # EIO: the program has ended
            more = b""
        self.seen += more
        return more

    def expect(self, pattern):
        while not re.search(pattern, self.seen, re.DOTALL):
            assert self.read(), "no {} in {}".format(pattern, self.seen)

    def screen(self):
        """The lines as they stand in the end: a carriage return writes over what is there."""
        lines = []
        for line in self.seen.decode().replace("\r\n", "\n").split("\n"):
            shown = []
            for part in line.split("\r"):
                shown[:len(part)] = part
            lines.append("".join(shown).rstrip())
        return lines


def main(file, command):
    size = os.path.getsize(file)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)  # else the kernel may take all of the file at once
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    terminal = Terminal(command + ["client", "--port", str(listener.getsockname()[1]), file])
    listener.settimeout(DEADLINE)
    peer = listener.accept()[0]
    peer.settimeout(DEADLINE)
    receive(peer, 16 + len(os.path.basename(file)))
    peer.sendall(YES)
    receive(peer, size // 4)
    terminal.expect(rb"Sending .*large.bin +[1-9]\d?% *\[=+>? *\] *\d+/20 MiB")
    rest = threading.Thread(target=receive, args=(peer, size - size // 4 + 32))
    rest.start()
    rest.join(DEADLINE)
    peer.sendall(YES)
    while terminal.read():
        pass
    status = terminal.process.wait(DEADLINE)
    assert status == 0, "exit status {}: {}".format(status, terminal.seen)
    lines = terminal.screen()
    assert len(lines) == 3 and lines[0].startswith("Sending large.bin: ") and lines[1].startswith("Sent large.bin: ") \
        and lines[2] == "", "left on the screen: {}".format(lines)


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2:])
    except AssertionError as e:
        print(e)
        sys.exit(1)
