"""The client of the chat server over UDP: udp_chat_client.py [HOST [PORT]]"""
from socket import socket, AF_INET, SOCK_DGRAM
import sys

serverName = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
serverPort = int(sys.argv[2]) if len(sys.argv) > 2 else 12000
clientSocket = socket(AF_INET, SOCK_DGRAM)
message = input("Input lowercase sentence: ")
while message != "quit":
    clientSocket.sendto(message.encode(), (serverName, serverPort))
    reply, serverAddress = clientSocket.recvfrom(2048)
    print(reply.decode())
    print("received from", serverAddress, flush=True)
    message = input('Type lowercase sentence (or "quit" to exit): ')
clientSocket.close()
