"""The runtime's side of AWS's Runtime API, over one keep-alive connection.

It speaks HTTP/1.1 itself because http.client parses headers as mail, which alone costs more than a
handler that returns a constant.

See https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import socket

_API = "/2018-06-01/runtime"
_RECEIVE = 65536

# Up to here a response and the next poll share one write; beyond, the poll waits for the answer.
_PIPELINED_BODY = 65536


class HostGone(Exception):
    """The host is away, or has said that this process is to end."""


class RuntimeApi:
    def __init__(self, endpoint):
        host, _, port = endpoint.rpartition(":")
        self._host = endpoint
        self._poll = f"GET {_API}/invocation/next HTTP/1.1\r\nHost: {endpoint}\r\n\r\n".encode("ascii")
        self._polled = False
        self._received = b""
        try:
            self._socket = socket.create_connection((host.strip("[]"), int(port)))
        except OSError as error:
            raise HostGone(str(error)) from error
        self._socket.settimeout(None)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def next(self):
        """Waits for an invocation: its headers, names in lower case, and its event as bytes."""
        if not self._polled:
            self._send(self._poll)
        self._polled = False
        status, headers, body = self._answer()
        if status != 200:
            raise HostGone(f"next answered {status}")
        return headers, body

    def respond(self, request_id, body):
        self._post(f"/invocation/{request_id}/response", "Content-Type: application/json\r\n", body)

    def fail(self, request_id, error_type, body):
        self._post(f"/invocation/{request_id}/error", _error_head(error_type), body)

    def fail_init(self, error_type, body):
        self._post("/init/error", _error_head(error_type), body, poll=False)

    def _post(self, path, head, body, poll=True):
        self._polled = poll and len(body) <= _PIPELINED_BODY
        request = (
            f"POST {_API}{path} HTTP/1.1\r\nHost: {self._host}\r\n{head}Content-Length: {len(body)}\r\n\r\n"
        ).encode("ascii")
        self._send(request + body + self._poll if self._polled else request + body)
        status, _, _ = self._answer()
        # 413 needs nothing: the host has turned it into the invocation's error. So has it with 400 and 403,
        # which it answers to an invocation that is over, timed out for one.
        if status >= 500:
            # "Container error. Non-recoverable state. Runtime should exit promptly."; source: runtimes-api.html
            raise HostGone(f"{path} answered {status}")

    def _send(self, data):
        try:
            self._socket.sendall(data)
        except OSError as error:
            raise HostGone(str(error)) from error

    def _receive(self):
        try:
            data = self._socket.recv(_RECEIVE)
        except OSError as error:
            raise HostGone(str(error)) from error
        if not data:
            raise HostGone("closed")
        return data

    def _answer(self):
        lines = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        if not lines[0].startswith("HTTP/1."):
            raise HostGone("not HTTP")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        if "transfer-encoding" in headers:
            body = self._chunks()
        else:
            body = self._exactly(int(headers.get("content-length", 0)))
        return int(lines[0][9:12]), headers, body

    def _chunks(self):
        chunks = []
        while True:
            size = int(self._until(b"\r\n").partition(b";")[0], 16)
            if size == 0:
                break
            chunks.append(self._exactly(size))
            self._until(b"\r\n")
        while self._until(b"\r\n"):
            pass  # Trailers say nothing that is wanted here.
        return b"".join(chunks)

    def _until(self, mark):
        data = self._received
        sought = 0
        while True:
            end = data.find(mark, sought)
            if end >= 0:
                self._received = data[end + len(mark) :]
                return data[:end]
            sought = max(0, len(data) - len(mark) + 1)
            data += self._receive()

    def _exactly(self, size):
        data = self._received
        if len(data) >= size:
            self._received = data[size:]
            return data[:size]
        body = bytearray(size)
        body[: len(data)] = data
        self._received = b""
        rest = memoryview(body)[len(data) :]
        while rest:
            try:
                count = self._socket.recv_into(rest)
            except OSError as error:
                raise HostGone(str(error)) from error
            if count == 0:
                raise HostGone("closed")
            rest = rest[count:]
        return body


def _error_head(error_type):
    # An error's name is the function's own text, so it must not be able to end the header.
    name = "".join(character if " " <= character <= "~" else "?" for character in error_type)
    return (
        "Content-Type: application/vnd.aws.lambda.error+json\r\n"
        f"Lambda-Runtime-Function-Error-Type: {name}\r\n"
    )
