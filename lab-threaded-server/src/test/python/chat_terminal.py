"""Runs a chat in a pseudo-terminal and looks at the bytes that reach it.

chat_terminal.py listen|join ctrl-c|ctrl-d|ended COMMAND...

COMMAND is everything up to the subcommand. Prints what is wrong and ends with status 1, or with 0.
"""
import fcntl
import os
import pty
import re
import select
import signal
import socket
import struct
import subprocess
import sys
import termios
import time

DEADLINE = 30
ESCAPES = rb"(?:\r|\x1b[\[=>?][0-9;?]*[a-zA-Z]?|\x1b[=>])*"


class Terminal:
    def __init__(self, command):
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = self.settings()
        self.seen = b""
        self.process = subprocess.Popen(
            command, stdin=self.slave, stdout=self.slave, stderr=self.slave, start_new_session=True,
            preexec_fn=self.become_terminal, env=dict(os.environ, TERM="xterm-256color"))

    def become_terminal(self):
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    def settings(self):
        return subprocess.run(["stty", "-g"], stdin=self.slave, stdout=subprocess.PIPE, check=True).stdout

    def keys(self, keys):
        os.write(self.master, keys)

    def expect(self, pattern):
        """Waits until PATTERN is shown; what comes before it is forgotten."""
        end = time.monotonic() + DEADLINE
        while True:
            found = re.search(pattern, self.seen, re.DOTALL)
            if found:
                before = self.seen[:found.start()]
                self.seen = self.seen[found.end():]
                return before, found
            if not select.select([self.master], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError("no {} in {}".format(pattern, self.seen))
            self.seen += os.read(self.master, 65536)

    def expect_end(self, status):
        actual = self.process.wait(DEADLINE)
        assert actual == status, "exit status {} in place of {}".format(actual, status)
        after = self.settings()
        assert after == self.before, "the terminal was {} and is {}".format(self.before, after)
        while select.select([self.master], [], [], 0)[0]:
            self.seen += os.read(self.master, 65536)


def expect_received(peer, text):
    peer.settimeout(DEADLINE)
    got = b""
    while len(got) < len(text):
        more = peer.recv(len(text) - len(got))
        assert more, "the connection ended after {}".format(got)
        got += more
    assert got == text, "{} came in place of {}".format(got, text)


def expect_end(peer):
    peer.settimeout(DEADLINE)
    got = peer.recv(100)
    assert not got, "{} came in place of the end".format(got)


def listen(command):
    """The program listens, this one joins."""
    terminal = Terminal(command + ["chat", "--listen", "0", "--name", "ME"])
    before, ready = terminal.expect(rb"ready: listening on \('0\.0\.0\.0', (\d+)\)\r\n")
    assert not before, "{} before the ready line".format(before)  # a warning of the JVM, perhaps
    peer = socket.create_connection(("127.0.0.1", int(ready.group(1))))
    before, _ = terminal.expect(rb"\* \('127\.0\.0\.1', \d+\) joined\r\n")
    assert not before, "{} before the peer has joined".format(before)
    return terminal, peer


def join(command):
    """The program joins this one."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(1)
    listener.settimeout(DEADLINE)
    terminal = Terminal(command + ["chat", "127.0.0.1", str(listener.getsockname()[1]), "--name", "ME"])
    peer, _ = listener.accept()
    listener.close()
    return terminal, peer


def chat(side, ending, command):
    terminal, peer = (listen if side == "listen" else join)(command)
    before, _ = terminal.expect(rb"ME: ")
    assert re.fullmatch(ESCAPES, before), "{} before the prompt".format(before)

    terminal.keys(b"Hi, my na")
    terminal.expect(b"a$")  # the whole of it is on the screen
    peer.sendall(b"YOU: hello \x1b[2J\n")
    before, _ = terminal.expect(rb"YOU: hello (\S+)\r\n" + ESCAPES + rb"ME: " + ESCAPES + rb"Hi, my na")
    assert before.endswith(b"\x1b[K") or before.endswith(b"\x1b[J"), "not cleared: {}".format(before)
    assert b"\x1b[2J" not in before
    peer.sendall(b"YOU: again\n")
    terminal.expect(rb"YOU: again\r\n" + ESCAPES + rb"ME: " + ESCAPES + rb"Hi, my na")
    terminal.keys(b"me is !!ME, 'isn\\t it\r")
    expect_received(peer, b"ME: Hi, my name is !!ME, 'isn\\t it\n")
    terminal.expect(rb"ME: ")  # the prompt of the next line

    if ending == "ctrl-d":
        terminal.keys(b"\x04")
    elif ending == "ctrl-c":
        terminal.keys(b"half")
        terminal.expect(b"f$")
        terminal.keys(b"\x03")
    else:
        terminal.keys(b"half")
        terminal.expect(b"f$")
        peer.sendall(b"YOU: bye\n")
        peer.shutdown(socket.SHUT_WR)
        terminal.expect(rb"YOU: bye\r\n")
    expect_end(peer)
    peer.close()
    if side == "listen" and ending == "ended":
        terminal.expect(rb"\* YOU \('127\.0\.0\.1', \d+\) left\r\n" + ESCAPES + rb"ME: " + ESCAPES + rb"half")
        terminal.keys(b"\x15\x04")
    terminal.expect_end(130 if ending == "ctrl-c" else 0)
    assert b"error" not in terminal.seen and b"WARN" not in terminal.seen, terminal.seen


try:
    chat(sys.argv[1], sys.argv[2], sys.argv[3:])
except AssertionError as e:
    sys.exit(str(e))
