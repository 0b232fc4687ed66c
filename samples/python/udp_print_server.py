"""Prints every datagram with its source and answers nothing: udp_print_server.py [PORT]"""
from socket import socket, AF_INET, SOCK_DGRAM
import sys

serverPort = int(sys.argv[1]) if len(sys.argv) > 1 else 5005
serverSocket = socket(AF_INET, SOCK_DGRAM)
serverSocket.bind(("0.0.0.0", serverPort))
print("ready: listening on {}".format(serverSocket.getsockname()), file=sys.stderr, flush=True)
while True:
    message, clientAddress = serverSocket.recvfrom(1024)
    print("Received from {}: {}".format(clientAddress, message.decode()), flush=True)
