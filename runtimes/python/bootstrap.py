"""The Python runtime of Lambray. It meets the platform only by environment variables, standard output and the Runtime API.

1. a pre-started runtime waits until it is given its function
2. prepare the process: search path, hooks for modules that the function may import
3. init phase: load the function's handler
4. invoke phase: take an event, run the handler, answer; for ever

It starts without ``site``, which would cost as much as all of this, and modules are imported as late as can be: in a cold
start each millisecond counts.
"""
import os
import sys

# Where the script lies, unless PYTHONSAFEPATH keeps it out.
if os.path.dirname(os.path.abspath(__file__)) not in sys.path:
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from lambray_runtime import import_hooks, log_lines, search_path  # noqa: E402
from lambray_runtime.handler_loading import load_handler  # noqa: E402
from lambray_runtime.handler_run import failure_of, run_handler  # noqa: E402
from lambray_runtime.runtime_api import RuntimeApi  # noqa: E402


def main():
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])

    # 1.
    if "_LAMBRAY_PRESTART" in os.environ:
        from lambray_runtime.prestart import become_function

        become_function(api)

    # 2. A trace header belongs to an invocation; code that runs during init sees none.
    search_path.set_up()
    import_hooks.set_up()
    set_trace_header(None)

    # 3.
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        failure = failure_of(error)
        log_lines.write_error(failure.report)
        api.report_init_error(failure)
        sys.exit(1)

    # 4. The answer and the request for the next event travel in one packet, which saves a round trip per invocation.
    invocation = api.next()
    while True:
        log_lines.invocation = invocation
        set_trace_header(invocation.trace_header)
        outcome = run_handler(handler, invocation)
        invocation = api.answer_and_take_next(invocation, outcome)


def set_trace_header(header):
    """Says where AWS SDKs and the X-Ray SDK look which trace they take part in."""
    if header:
        os.environ["_X_AMZN_TRACE_ID"] = header
    else:
        os.environ.pop("_X_AMZN_TRACE_ID", None)


# Processes that a function has multiprocessing start load this file once more, under another name.
if __name__ == "__main__":
    main()
