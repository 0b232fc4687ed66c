"""Sends each message in one frame of 29 bytes: binary_fixed_client.py HOST PORT [--echo] MESSAGE..."""
import socket
import struct
import sys

echo = "--echo" in sys.argv
with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.connect((sys.argv[1], int(sys.argv[2])))
    order = 0
    for message in sys.argv[4 if echo else 3:]:
        order += 1
        text = message.ljust(20, "-")[:20]
        s.sendall(struct.pack("!BLL20s", 1, order, len(message), text.encode()))
        print("Sent ver: {}, order: {}, size: {} -> {}".format(1, order, len(message), text), flush=True)
        if echo:
            version, number, size, text = struct.unpack("!BLL20s", s.recv(29))
            print("Received ver: {}, order: {}, size: {} -> {}".format(version, number, size, text.decode()), flush=True)
