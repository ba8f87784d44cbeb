"""HTTP/1.1 over a raw socket: http.client costs more than the rest of a warm invocation, and 20 ms to import."""
# The module behind `socket`, without the enumerations that `socket` builds when it is imported.
import _socket

_PORTION = 64 * 1024


class ConnectionClosed(Exception):
    """The other side closed the connection while bytes were awaited."""

    def __init__(self, before_answer):
        super().__init__("The connection was closed while an answer was awaited")
        self.before_answer = before_answer


class HttpConnection:
    """One kept-alive connection. Several requests may be sent together; their answers are read in the same order."""

    def __init__(self, host, port):
        self._socket = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
        self._socket.connect((host, port))
        self._socket.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        self._buffered = b""
        self.has_answered = False

    def send(self, requests):
        try:
            self._socket.sendall(b"".join(requests))
        except (BrokenPipeError, ConnectionResetError):
            # A server that refuses a large body may have answered before it hung up: reading tells.
            pass

    def read_answer(self):
        """Returns status, headers by lower-case name, and body."""
        head = self._until(b"\r\n\r\n", before_answer=True)
        status_line, *lines = head.decode("utf-8", "replace").split("\r\n")
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        if headers.get("transfer-encoding", "").lower() == "chunked":
            body = self._chunks()
        else:
            body = self._exactly(int(headers.get("content-length", 0)))
        self.has_answered = True
        return int(status_line.split(" ", 2)[1]), headers, body

    def close(self):
        self._socket.close()

    def _chunks(self):
        chunks = []
        while True:
            size = int(self._until(b"\r\n").split(b";")[0], 16)
            if size == 0:
                break
            chunks.append(self._exactly(size))
            self._exactly(2)
        while self._until(b"\r\n"):  # trailers, up to the empty line
            pass
        return b"".join(chunks)

    def _until(self, delimiter, before_answer=False):
        while True:
            end = self._buffered.find(delimiter)
            if end >= 0:
                found, self._buffered = self._buffered[:end], self._buffered[end + len(delimiter):]
                return found
            self._buffered += self._arrival(before_answer and not self._buffered)

    def _exactly(self, count):
        if len(self._buffered) >= count:
            found, self._buffered = self._buffered[:count], self._buffered[count:]
            return found
        parts, missing = [self._buffered], count - len(self._buffered)
        self._buffered = b""
        while missing > 0:
            part = self._arrival(before_answer=False, most=min(missing, 16 * _PORTION))
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def _arrival(self, before_answer, most=_PORTION):
        try:
            received = self._socket.recv(most)
        except ConnectionResetError:
            received = b""
        if not received:
            raise ConnectionClosed(before_answer)
        return received


class HttpClient:
    """Asks one server, over one connection at a time, and opens another when the server has closed it."""

    def __init__(self, authority):
        host, _, port = authority.partition(":")
        self._address = host, int(port or 80)
        self._connection = None

    def exchange(self, *requests):
        """Sends all requests in one packet and yields their answers one by one, as they come."""
        answered = 0
        while answered < len(requests):
            if self._connection is None:
                self._connection = HttpConnection(*self._address)
            connection = self._connection
            connection.send(requests[answered:])
            try:
                while answered < len(requests):
                    answer = connection.read_answer()
                    answered += 1
                    yield answer
            except ConnectionClosed as closed:
                connection.close()
                self._connection = None
                # Servers close connections that were idle for the length of an invocation, or on which they refused a large body.
                if not (closed.before_answer and connection.has_answered):
                    raise
