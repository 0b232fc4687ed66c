"""The chat server over UDP: each message is answered at the keyboard before the next is read: udp_chat_server.py [PORT]"""
from socket import socket, AF_INET, SOCK_DGRAM
import sys

serverPort = int(sys.argv[1]) if len(sys.argv) > 1 else 12000
serverSocket = socket(AF_INET, SOCK_DGRAM)
serverSocket.bind(("127.0.0.1", serverPort))
print("Server is ready to chat.", flush=True)
print("ready: listening on {}".format(serverSocket.getsockname()), file=sys.stderr, flush=True)
while True:
    message, clientAddress = serverSocket.recvfrom(2048)
    print("Client:", message.decode(), flush=True)
    reply = input("You (Server): ")
    serverSocket.sendto(reply.encode(), clientAddress)
