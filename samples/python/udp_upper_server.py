"""The textbook's capitalising server over UDP: one datagram, one reply, for ever: udp_upper_server.py [PORT]"""
from socket import socket, AF_INET, SOCK_DGRAM
import sys

serverPort = int(sys.argv[1]) if len(sys.argv) > 1 else 12000
serverSocket = socket(AF_INET, SOCK_DGRAM)
serverSocket.bind(("127.0.0.1", serverPort))
print("the server is ready to receive", flush=True)
print("ready: listening on {}".format(serverSocket.getsockname()), file=sys.stderr, flush=True)
while True:
    message, clientAddress = serverSocket.recvfrom(2048)
    modifiedMessage = message.decode().upper()
    print(modifiedMessage, flush=True)
    print("above message received from", clientAddress, flush=True)
    serverSocket.sendto(modifiedMessage.encode(), clientAddress)
