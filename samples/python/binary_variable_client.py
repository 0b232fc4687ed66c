"""Sends each message behind a header: binary_variable_client.py HOST PORT [--echo] [--order-size] MESSAGE...

The header is version, size, order; with --order-size it is version, order, size."""
import socket
import struct
import sys

options = [a for a in sys.argv[3:] if a in ("--echo", "--order-size")]
with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.connect((sys.argv[1], int(sys.argv[2])))
    order = 0
    for message in sys.argv[3 + len(options):]:
        order += 1
        text = message.encode()
        numbers = (order, len(text)) if "--order-size" in options else (len(text), order)
        s.sendall(struct.pack("!BLL", 1, *numbers) + text)
        print("Sent ver: {}, order: {}, size: {} -> {}".format(1, order, len(text), message), flush=True)
        if "--echo" in options:
            header = s.recv(9)
            print("Received ver: {}, order: {}, size: {} -> {}".format(1, order, len(text), s.recv(len(text)).decode()), flush=True)
