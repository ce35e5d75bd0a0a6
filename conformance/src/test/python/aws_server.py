"""Is the AWS CLI for aws.py: a line of JSON in, the path of a socket to listen at; a line out, true, once it does.

Each connection is one call of the CLI, in a copy of this process: in come the three open files of its caller and
{"arguments", "folder", "environment"}, out goes one byte, the exit status. It ends with its input.
"""

import gc
import json
import os
import select
import signal
import socket
import sys

import warm

REQUEST_BYTES = 1 << 20
SECONDS = 60


def answer(connection):
    """Does what one call asks for."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.alarm(SECONDS)
    head, files, _, _ = socket.recv_fds(connection, REQUEST_BYTES, 3)
    request = json.loads(head + connection.makefile("rb").read())
    for number, file in enumerate(files):
        os.dup2(file, number)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    status = warm.call(request["arguments"])
    connection.sendall(bytes([status & 0xFF]))


def main():
    warm.load()
    # What is there now stays: copies of this process that look at none of it share its memory.
    gc.freeze()
    # Nobody waits for the copies: they tell whoever called.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(json.loads(sys.stdin.buffer.raw.readline()))
        listener.listen()
        print("true", flush=True)
        while sys.stdin not in select.select([sys.stdin, listener], [], [])[0]:
            connection, _ = listener.accept()
            if os.fork() == 0:
                try:
                    answer(connection)
                finally:
                    os._exit(0)
            connection.close()


main()
