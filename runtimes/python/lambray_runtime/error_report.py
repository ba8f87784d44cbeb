"""The body by which a runtime reports an error, in the form that Python functions have in AWS."""
import os
import traceback

from lambray_runtime.runtime_errors import RuntimeFault

_OWN_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


def report_of(error, request_id):
    if isinstance(error, RuntimeFault):
        return _report(message_of(error), error.error_type(), request_id, error.trace)
    return _report(message_of(error), type(error).__name__, request_id, traceback.format_list(frames_of(error)))


def message_of(error):
    try:
        return str(error)
    # The function's own __str__ may do anything.
    except Exception:
        return f"<unprintable {type(error).__name__} object>"


def frames_of(error):
    """Where an error came from, the outermost call first: file, line, function and text of each, without the runtime's own."""
    frames = [(frame.filename, frame.lineno, frame.name, frame.line) for frame in traceback.extract_tb(error.__traceback__)]
    while frames and frames[0][0].startswith(_OWN_FOLDER):
        frames.pop(0)
    return frames


def _report(message, error_type, request_id, trace):
    return {"errorMessage": message, "errorType": error_type, "requestId": request_id, "stackTrace": trace}
