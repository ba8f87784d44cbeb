import socket
import sys

host, _, port = sys.argv[1].partition(":")
with socket.create_connection((host, int(port))) as connection:
    connection.sendall(b"GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: runtime\r\n\r\n")
    connection.recv(1)
