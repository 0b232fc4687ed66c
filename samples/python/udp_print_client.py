"""Sends one datagram per message and waits for nothing: udp_print_client.py HOST PORT MESSAGE..."""
from socket import socket, AF_INET, SOCK_DGRAM
import sys

clientSocket = socket(AF_INET, SOCK_DGRAM)
for message in sys.argv[3:]:
    clientSocket.sendto(message.encode(), (sys.argv[1], int(sys.argv[2])))
clientSocket.close()
