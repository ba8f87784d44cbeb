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
    """Waits for a function and makes this process what it would be had it been started for it."""
    for name in _PRELOADED:
        __import__(name)
    from lambray_runtime import error_report, log_records, xray_error_cause  # noqa: F401

    started_with = dict(os.environ)
    variables = api.prestarted_function()
    if variables is None:
        sys.exit(0)
    os.environ.clear()
    os.environ.update(json_conversion.decode(variables.decode()))
    os.chdir(os.environ["LAMBDA_TASK_ROOT"])
    time.tzset()
    if _interpreter_is_set_otherwise(started_with) or _libraries_moved(started_with) or _preloaded_are_shadowed():
        _start_anew()


def _interpreter_is_set_otherwise(started_with):
    # PYTHONPATH is the one setting that a running interpreter can still follow.
    def settings(variables):
        return {name: value for name, value in variables.items() if name.startswith("PYTHON") and name != "PYTHONPATH"}

    return settings(os.environ) != settings(started_with) or os.environ.get("LD_PRELOAD") != started_with.get("LD_PRELOAD")


def _libraries_moved(started_with):
    # The dynamic loader reads its path once. That only matters where a folder that it does not know holds shared libraries.
    known = started_with.get("LD_LIBRARY_PATH", "").split(":")
    wanted = os.environ.get("LD_LIBRARY_PATH", "").split(":")
    return any(".so" in file for folder in wanted if folder not in known for file in _files(folder))


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


def _start_anew():
    os.execv(sys.executable, [sys.executable, "-S", "-u", sys.argv[0]])
