"""The netcat exercise: chat.py --listen PORT NAME, or chat.py HOST PORT NAME"""
import socket
import sys
import threading


def receive(s):
    while True:
        data = s.recv(1024)
        if not data:
            break
        print(data.decode("utf-8"), end="", flush=True)


name = sys.argv[3]
if sys.argv[1] == "--listen":
    ss = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    ss.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    ss.bind(("", int(sys.argv[2])))
    ss.listen(1)
    print("ready: listening on {}".format(ss.getsockname()), file=sys.stderr, flush=True)
    s, addr = ss.accept()
    ss.close()
else:
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.connect((sys.argv[1], int(sys.argv[2])))

receiver = threading.Thread(target=receive, args=(s,))
receiver.start()
while True:
    try:
        line = "{}: {}".format(name, input(name + ": " if sys.stdin.isatty() else ""))
    except EOFError:
        break
    if not sys.stdin.isatty():
        print(line, flush=True)
    s.sendall((line + "\n").encode("utf-8"))
s.shutdown(socket.SHUT_WR)
receiver.join()
s.close()
