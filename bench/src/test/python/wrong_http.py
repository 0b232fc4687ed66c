"""A web server whose first answer is the file that the second argument names; what follows, the first one says."""
import socketserver
import sys

BODY = open(sys.argv[2], "rb").read()
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY
LATER = {
    "well": GOOD,
    "redirect": b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n",
    "not-found": b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
    "garbage": b"\x00\x01\x02\x03",
}[sys.argv[1]]


class Handler(socketserver.BaseRequestHandler):
    asked = 0

    def handle(self):
        while b"\r\n\r\n" in self.request.recv(4096):
            Handler.asked += 1
            self.request.sendall(GOOD if Handler.asked == 1 else LATER)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


with Server(("127.0.0.1", 0), Handler) as server:
    print("ready: listening on %s" % (server.server_address,), file=sys.stderr, flush=True)
    server.serve_forever()
