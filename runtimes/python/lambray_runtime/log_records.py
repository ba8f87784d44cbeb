"""The root logger's handler, as AWS's runtime sets it up: the function's records with time and request id, in text or JSON."""
import logging
import os
import time

from lambray_runtime import log_lines
from lambray_runtime.json_conversion import encode

_TEXT = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s"
_SECONDS = "%Y-%m-%dT%H:%M:%S"
_LEVELS = (logging.NOTSET, logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL)


def set_up():
    logging.Formatter.converter = time.gmtime
    handler = LambdaLoggerHandler()
    handler.setFormatter(JsonFormatter() if log_lines.is_json() else logging.Formatter(_TEXT, _SECONDS))
    handler.addFilter(LambdaLoggerFilter())
    root = logging.getLogger()
    root.addHandler(handler)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper()
    level = "DEBUG" if level == "TRACE" else "CRITICAL" if level == "FATAL" else level
    if isinstance(logging.getLevelName(level), int):
        root.setLevel(level)


class LambdaLoggerHandler(logging.Handler):
    def emit(self, record):
        try:
            log_lines.write_record(self.format(record))
        except Exception:
            self.handleError(record)


class LambdaLoggerFilter(logging.Filter):
    """Gives each record the request that it belongs to; formats of the function's own may use it too."""

    def filter(self, record):
        current = log_lines.invocation
        record.aws_request_id = current.request_id if current else ""
        record.tenant_id = current.tenant_id if current else None
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a record, with what the caller put in `extra` ("Using Lambda advanced logging controls with Python")."""

    # Everything that a record has before anybody adds to it.
    _OWN_FIELDS = {*vars(logging.LogRecord("", 0, "", 0, "", (), None)), "aws_request_id", "tenant_id", "message", "asctime", "taskName"}

    def format(self, record):
        fields = {
            "timestamp": f"{time.strftime(_SECONDS, time.gmtime(record.created))}.{int(record.msecs):03d}Z",
            "level": logging.getLevelName(max(level for level in _LEVELS if level <= max(record.levelno, 0))),
            "message": record.getMessage(),
            "logger": record.name,
            **self._error(record),
            "requestId": record.aws_request_id,
            "tenantId": record.tenant_id,
        }
        added = {name: value for name, value in vars(record).items() if name not in self._OWN_FIELDS and name not in fields}
        present = {name: value for name, value in {**fields, **added}.items() if value is not None}
        try:
            return encode(present, escape=False)
        except (TypeError, ValueError):
            # What a caller adds may have no JSON form; its text is better than no record.
            return encode({name: value if name in fields else str(value) for name, value in present.items()}, escape=False)

    @staticmethod
    def _error(record):
        if not record.exc_info:
            return {}
        import traceback

        kind, value, trace = record.exc_info
        return {
            "stackTrace": traceback.format_tb(trace),
            "errorType": kind.__name__ if kind else None,
            "errorMessage": str(value),
            "location": f"{record.pathname}:{record.funcName}:{record.lineno}",
        }


