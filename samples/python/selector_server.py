"""The echo server with one thread and a selector: selector_server.py [PORT [ADDRESS]]"""
import selectors
import socket
import sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 5005
address = sys.argv[2] if len(sys.argv) > 2 else "0.0.0.0"
sel = selectors.DefaultSelector()


def accept(sock):
    conn, addr = sock.accept()
    print("[loop-1]: Connected: {}".format(addr), flush=True)
    conn.setblocking(False)
    sel.register(conn, selectors.EVENT_READ, addr)


def serve(conn, addr):
    data = conn.recv(1024)
    if data:
        print("[loop-1]: Received from {}: {}".format(addr, data.decode()), flush=True)
        conn.send(data)
    else:
        print("[loop-1]: Closed: {}".format(addr), flush=True)
        sel.unregister(conn)
        conn.close()


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((address, port))
s.listen()
s.setblocking(False)
sel.register(s, selectors.EVENT_READ, None)
print("ready: listening on {}".format(s.getsockname()), file=sys.stderr, flush=True)
while True:
    for key, mask in sel.select():
        if key.data is None:
            accept(key.fileobj)
        else:
            serve(key.fileobj, key.data)
