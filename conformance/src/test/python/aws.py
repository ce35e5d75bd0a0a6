"""Stands for the AWS CLI: hands its call to aws_server.py, which listens at the socket beside this file, and ends as it ended."""

import json
import os
import socket
import sys

FAILED = 255

with socket.socket(socket.AF_UNIX) as server:
    server.connect(os.path.join(os.path.dirname(os.path.abspath(__file__)), "socket"))
    request = {"arguments": sys.argv[1:], "folder": os.getcwd(), "environment": dict(os.environ)}
    call = json.dumps(request).encode()
    sent = socket.send_fds(server, [call], [0, 1, 2])
    server.sendall(call[sent:])
    server.shutdown(socket.SHUT_WR)
    status = server.recv(1)
sys.exit(status[0] if status else FAILED)
