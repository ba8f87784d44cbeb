"""A runtime that is started before its function is known, so that a cold start need not wait for the interpreter."""
import os
import sys
import time

from lambray_runtime import json_conversion, search_path

# What most functions import sooner or later. Packages beyond the standard library are not for us to choose.
_PRELOADED = (
    "base64", "collections.abc", "concurrent.futures", "contextlib", "copy", "dataclasses", "datetime", "decimal", "email.parser", "enum",
    "functools", "hashlib", "hmac", "http.client", "inspect", "io", "itertools", "json", "logging", "math", "operator", "random", "re", "shutil",
    "socket", "ssl", "string", "subprocess", "tempfile", "threading", "time", "traceback", "types", "typing", "urllib.parse", "urllib.request",
    "uuid", "warnings", "weakref",
)


def become_function(api):
    """Waits for a function and makes this process what it would be had it been started for it.

    The platform gives it none that sets what an interpreter reads only when it starts.
    """
    for name in _PRELOADED:
        __import__(name)
    from lambray_runtime import error_report, log_records, xray_error_cause  # noqa: F401

    variables = api.prestarted_function()
    if variables is None:
        sys.exit(0)
    os.environ.clear()
    os.environ.update(json_conversion.decode(variables.decode()))
    os.chdir(os.environ["LAMBDA_TASK_ROOT"])
    time.tzset()
    if _preloaded_are_shadowed():
        os.execv(sys.executable, [sys.executable, "-S", "-u", sys.argv[0]])


def _preloaded_are_shadowed():
    # A function may have a module of its own by the name of one in the standard library, and then gets that.
    folders = [folder for folder in search_path.function_folders() if folder != search_path.script_folder]
    present = {file.split(".")[0] for folder in folders for file in _files(folder)}
    return any(name in present for name in sys.modules if "." not in name)


def _files(folder):
    try:
        return os.listdir(folder)
    except OSError:
        return []
