"""Prints frames with a header and a text of any size: binary_variable_server.py [PORT [--echo] [--order-size]]

The header is version, size, order; with --order-size it is version, order, size."""
import socket
import struct
import sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 5005
with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("127.0.0.1", port))
    s.listen()
    print("ready: listening on {}".format(s.getsockname()), file=sys.stderr, flush=True)
    while True:
        conn, addr = s.accept()
        with conn:
            while True:
                header = conn.recv(9)
                if not header:
                    break
                version, size, order = struct.unpack("!BLL", header)
                if "--order-size" in sys.argv:
                    order, size = size, order
                text = conn.recv(size)
                print("Received ver: {}, order: {}, size: {} -> {}".format(version, order, size, text.decode()), flush=True)
                if "--echo" in sys.argv:
                    conn.sendall(header + text)
