"""The cause that X-Ray shows beside a failed function segment."""
import os

from lambray_runtime.error_report import frames_of, message_of
from lambray_runtime.json_conversion import encode
from lambray_runtime.runtime_errors import RuntimeFault

_BYTES_MAX = 64 * 1024
_MESSAGE_LENGTH_MAX = 1024


def xray_error_cause(error):
    """The value of the header Lambda-Runtime-Function-XRay-Error-Cause: one line of ASCII of at most 64 KB.

    Where it would be longer, the outermost frames and the end of the message are left out.
    """
    if isinstance(error, RuntimeFault):
        error_type, frames = "LambdaValidationError", []
    else:
        error_type, frames = type(error).__name__, frames_of(error)
    message = message_of(error)
    whole = _header(error_type, message, frames)
    if len(whole) <= _BYTES_MAX:
        return whole

    error_type, message = error_type[:_MESSAGE_LENGTH_MAX], message[:_MESSAGE_LENGTH_MAX]
    while frames and len(_header(error_type, message, frames)) > _BYTES_MAX:
        frames = frames[len(frames) // 2 + 1:]
    return _header(error_type, message, frames)


def _header(error_type, message, frames):
    return encode({
        "working_directory": os.getcwd(),
        "exceptions": [{
            "type": error_type,
            "message": message,
            "stack": [{"path": path, "line": line, "label": label} for path, line, label, _ in frames],
        }],
        "paths": list(dict.fromkeys(path for path, *_ in frames)),
    })
