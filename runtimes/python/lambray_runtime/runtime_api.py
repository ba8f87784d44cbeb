"""The Runtime API, version 2018-06-01, as the platform serves it to this execution environment."""
import sys

from lambray_runtime.http_connection import ConnectionClosed, HttpClient

_ROOT = "/2018-06-01/runtime"


class Invocation:
    """One event, with what the platform tells about it."""

    def __init__(self, headers, event):
        self.request_id = headers.get("lambda-runtime-aws-request-id")
        self.attempt_id = headers.get("lambda-runtime-invocation-id")
        self.deadline_ms = int(headers.get("lambda-runtime-deadline-ms", 0))
        self.function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.trace_header = headers.get("lambda-runtime-trace-id")
        self.client_context = headers.get("lambda-runtime-client-context")
        self.cognito_identity = headers.get("lambda-runtime-cognito-identity")
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
        self.content_type = headers.get("content-type", "application/json")
        self.event = event


class RuntimeApi:
    def __init__(self, authority):
        self._client = HttpClient(authority)
        self._host = f" HTTP/1.1\r\nHost: {authority}\r\n"
        self._next = self._get(_ROOT + "/invocation/next")

    def next(self):
        """Waits for the next event."""
        (answer,) = self._client.exchange(self._next)
        return _invocation(answer)

    def answer_and_take_next(self, invocation, outcome):
        """Says how an invocation ended and waits for the next one."""
        attempt = {"Lambda-Runtime-Invocation-Id": invocation.attempt_id} if invocation.attempt_id else {}
        path = f"{_ROOT}/invocation/{invocation.request_id}/{outcome.kind}"
        answers = self._client.exchange(self._post(path, outcome.body, {**outcome.headers, **attempt}), self._next)
        _check(path, next(answers))
        return _invocation(next(answers))

    def report_init_error(self, failure):
        path = _ROOT + "/init/error"
        for answer in self._client.exchange(self._post(path, failure.body, failure.headers)):
            _check(path, answer)

    def prestarted_function(self):
        """Waits for the function that a pre-started runtime is for: its environment variables as JSON; None when there will be none."""
        try:
            ((status, _, body),) = self._client.exchange(self._get("/lambray/prestart/function"))
        except (ConnectionClosed, OSError):
            return None
        return body if status == 200 else None

    def _get(self, path):
        return f"GET {path}{self._host}\r\n".encode()

    def _post(self, path, body, headers):
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"POST {path}{self._host}{lines}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _invocation(answer):
    status, headers, body = answer
    if status != 200:
        raise RuntimeError(f"The Runtime API answered {status} when asked for the next event: {body!r}")
    return Invocation(headers, body)


def _check(path, answer):
    # The platform tells its caller why it refused, for instance a response that is too large. The next event is still welcome.
    status, _, body = answer
    if status >= 400:
        sys.stderr.write(f"The Runtime API answered {status} to {path}: {body.decode(errors='replace')}\n")
    if status >= 500:
        raise RuntimeError(f"The Runtime API answered {status} to {path}")
