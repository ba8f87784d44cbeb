"""A platform for one execution environment: hands out the events given to `invoke` and collects what the runtime answers."""
import json
import queue
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_ROOT = "/2018-06-01/runtime"
_WAIT_SECONDS = 20


class FakeRuntimeApi(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Connection)
        self._events = queue.Queue()
        self._answers = queue.Queue()
        self._init_errors = queue.Queue()
        self._events_given = 0
        # The variables that a pre-started runtime is given; None refuses it.
        self.prestarted = queue.Queue()
        # What is said to results and errors; other than 202 for those that the platform refuses.
        self.answer_status = 202
        # Whether connections end with the answer to a result, as servers do that will not read on.
        self.closes_after_answer = False
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def authority(self):
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def init_error(self):
        return self._init_errors.get(timeout=_WAIT_SECONDS)

    def invoke(self, event=None, headers=None):
        """What the runtime answers to this event: an object with `kind`, `headers`, `body` and `port`."""
        self._events_given += 1
        body = event if isinstance(event, bytes) else json.dumps({} if event is None else event).encode()
        self._events.put((f"request-{self._events_given}", body, headers or {}))
        return self._answers.get(timeout=_WAIT_SECONDS)

    def stop(self):
        self._events.put(None)
        self.prestarted.put(None)
        self.shutdown()
        self.server_close()


class Answer:
    def __init__(self, kind, headers, text, port):
        self.kind, self.headers, self.text, self.port = kind, headers, text, port

    @property
    def body(self):
        return json.loads(self.text)


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/lambray/prestart/function":
            self._send(self.server.prestarted.get())
        elif self.path == f"{_ROOT}/invocation/next":
            self._send(self.server._events.get())
        else:
            self.send_error(404)

    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"]))
        invocation = re.fullmatch(rf"{_ROOT}/invocation/[^/]+/(response|error)", self.path)
        answer = Answer(invocation and invocation[1], self.headers, text, self.client_address[1])
        self.close_connection = self.server.closes_after_answer
        self.send_response(self.server.answer_status)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b'10\r\n{"status":"OK"}\n\r\n0\r\n\r\n')
        (self.server._answers if invocation else self.server._init_errors).put(answer)

    def _send(self, given):
        if given is None:
            self.close_connection = True
            return
        request_id, body, headers = given
        self.send_response(200)
        standard = {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Lambda-Runtime-Aws-Request-Id": request_id,
            "Lambda-Runtime-Deadline-Ms": str(int(time.time() * 1000) + 60_000),
            "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:000000000000:function:greeter",
        }
        for name, value in {**standard, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass
