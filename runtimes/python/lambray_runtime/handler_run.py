"""One run of the handler, and what the platform is told of it."""
from lambray_runtime import log_lines
from lambray_runtime.context import LambdaContext
from lambray_runtime.json_conversion import decode, encode, encode_result
from lambray_runtime.runtime_errors import MarshalError, UnmarshalError


class Result:
    kind = "response"

    def __init__(self, body, content_type):
        self.body = body
        self.headers = {"Content-Type": content_type}


class Failure:
    kind = "error"

    def __init__(self, report, xray_cause):
        error_type = report["errorType"]
        self.report = report
        self.body = encode(report).encode()
        self.headers = {
            "Content-Type": "application/json",
            "Lambda-Runtime-Function-Error-Type": "".join(c if "!" <= c <= "~" else "_" for c in error_type[:256]),
            "Lambda-Runtime-Function-XRay-Error-Cause": xray_cause,
        }


def run_handler(handler, invocation):
    """An exit is no failure of the handler: it ends the process, and that tells the platform."""
    try:
        result = handler(_event(invocation), LambdaContext(invocation))
        if isinstance(result, bytes):
            return Result(result, "application/unknown")
        return Result(_json_of(result), "application/json")
    except Exception as error:
        failure = failure_of(error, invocation.request_id)
        log_lines.write_error(failure.report)
        return failure


def failure_of(error, request_id=""):
    # Only here: what it imports to take stacks apart would slow each cold start.
    from lambray_runtime.error_report import report_of
    from lambray_runtime.xray_error_cause import xray_error_cause

    return Failure(report_of(error, request_id), xray_error_cause(error))


def _event(invocation):
    if invocation.content_type != "application/json":
        return invocation.event
    try:
        return decode(invocation.event.decode("utf-8"))
    except Exception as error:
        raise UnmarshalError(f"Unable to unmarshal input: {error}") from error


def _json_of(result):
    try:
        return encode_result(result)
    except Exception as error:
        raise MarshalError(f"Unable to marshal response: {error}") from error
