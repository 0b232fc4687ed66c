"""Prints frames of 29 bytes, and with --echo sends them back: binary_fixed_server.py [PORT [--echo]]"""
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
                data = conn.recv(29)
                if not data:
                    break
                version, order, size, text = struct.unpack("!BLL20s", data)
                print("Received ver: {}, order: {}, size: {} -> {}".format(version, order, size, text.decode()), flush=True)
                if "--echo" in sys.argv:
                    conn.sendall(data)
