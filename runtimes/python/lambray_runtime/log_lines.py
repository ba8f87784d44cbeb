"""What the runtime itself writes to the function's log, and what the lines of now belong to."""
import os
import sys
import time

from lambray_runtime.json_conversion import encode

# AWS's runtime indents by no-break spaces, as log viewers drop others.
_INDENT = "\u00a0"

# The one that runs, or ran last.
invocation = None


def is_json():
    return os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"


def write_record(text):
    """Writes a text as one record: a log reader takes each line for a record, so inner line breaks travel as carriage returns."""
    sys.stdout.write(text.rstrip("\n").replace("\n", "\r") + "\n")


def write_error(report):
    """Writes an error that failed an invocation or the init phase."""
    if is_json():
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        write_record(encode({"timestamp": moment, "level": "ERROR", **report}, escape=False))
    else:
        title = ": ".join(part for part in (report["errorType"], report["errorMessage"]) if part)
        lines = [line for entry in report["stackTrace"] for line in entry.splitlines()]
        write_record("\n".join([f"[ERROR] {title}", "Traceback (most recent call last):", *map(_indented, lines)]))


def _indented(line):
    text = line.lstrip(" ")
    return _INDENT * (len(line) - len(text)) + text
