"""Tests that start the runtime on a function, in a process of its own."""
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import unittest

from test.fake_runtime_api import FakeRuntimeApi

BOOTSTRAP = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "bootstrap.py")
_WAIT_SECONDS = 20


class FunctionTest(unittest.TestCase):
    def start(self, files, handler="app.handler", variables=None, prestarted=False):
        """Starts a function made of these files; text stands for the module `app`."""
        files = {"app.py": files} if isinstance(files, str) else files
        task_root = os.path.realpath(tempfile.mkdtemp(prefix="function-"))
        for name, text in files.items():
            os.makedirs(os.path.dirname(os.path.join(task_root, name)), exist_ok=True)
            with open(os.path.join(task_root, name), "w", encoding="utf-8") as file:
                file.write(textwrap.dedent(text))
        api = FakeRuntimeApi()
        environment = {**_environment(api, task_root, handler), **(variables or {})}
        function = _Function(api, task_root, environment, prestarted)
        self.addCleanup(function.stop)
        return function

    def invoke(self, files, event=None, **settings):
        return self.start(files, **settings).invoke(event)

    def assert_init_fails(self, function, error_type, message):
        report = function.api.init_error
        self.assertEqual(error_type, report.body["errorType"])
        self.assertRegex(report.body["errorMessage"], message)
        self.assertEqual(error_type, report.headers["Lambda-Runtime-Function-Error-Type"])
        self.assertEqual(1, function.exit_code)


class _Function:
    def __init__(self, api, task_root, environment, prestarted):
        self.api, self.task_root, self.environment = api, task_root, environment
        self._output = tempfile.TemporaryFile()
        self._errors = tempfile.TemporaryFile()
        bare = {name: environment[name] for name in ("PATH", "LANG", "AWS_LAMBDA_RUNTIME_API")}
        self._process = subprocess.Popen(
            [sys.executable, "-S", "-u", BOOTSTRAP], cwd="/" if prestarted else task_root, stdin=subprocess.DEVNULL,
            env={**bare, "_LAMBRAY_PRESTART": "1"} if prestarted else environment, stdout=self._output, stderr=self._errors)

    def invoke(self, event=None, headers=None):
        return self.api.invoke(event, headers)

    @property
    def exit_code(self):
        return self._process.wait(_WAIT_SECONDS)

    @property
    def output(self):
        return _text(self._output)

    @property
    def errors(self):
        return _text(self._errors)

    def stop(self):
        self._process.kill()
        self._process.wait()
        self.api.stop()
        self._output.close()
        self._errors.close()
        shutil.rmtree(self.task_root)


def _text(file):
    file.seek(0)
    return file.read().decode()


def _environment(api, task_root, handler):
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "TZ": ":UTC",
        "_HANDLER": handler,
        "LAMBDA_TASK_ROOT": task_root,
        "AWS_LAMBDA_RUNTIME_API": api.authority,
        "AWS_REGION": "us-east-1",
        "AWS_EXECUTION_ENV": "AWS_Lambda_python3.12",
        "AWS_LAMBDA_FUNCTION_NAME": "greeter",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
        "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/greeter",
        "AWS_LAMBDA_LOG_STREAM_NAME": "2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef",
    }
