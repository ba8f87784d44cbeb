import json
import os

from test.function_test import FunctionTest

WHERE = """
    import os, sys, time
    def handler(event, context):
        return {"cwd": os.getcwd(), "variables": dict(os.environ), "path": sys.path, "json": __import__("json").__file__}
    """


class PrestartedRuntimes(FunctionTest):
    def become(self, files, **variables):
        function = self.start(files, prestarted=True)
        function.api.prestarted.put(("", json.dumps({**function.environment, **variables}).encode(), {}))
        return function

    def test_become_what_they_would_have_been(self):
        function = self.become(WHERE, OWN="mine\nü", PYTHONPATH="/own", TZ="America/New_York")
        was = function.invoke().body
        self.assertEqual(function.task_root, was["cwd"])
        self.assertEqual({**function.environment, "OWN": "mine\nü", "PYTHONPATH": "/own", "TZ": "America/New_York"}, was["variables"])
        self.assertEqual((function.task_root, "/own"), (was["path"][0], was["path"][3]))

    def test_answer_over_the_connection_that_brought_the_function(self):
        function = self.become("def handler(event, context): return event")
        self.assertEqual(1, len({function.invoke(number).port for number in range(2)}))

    def test_log_as_others_do(self):
        function = self.become("import logging\ndef handler(event, context): logging.warning('here')")
        function.invoke()
        self.assertRegex(function.output, r"^\[WARNING\]\t\S+Z\trequest-1\there\n$")

    def test_start_anew_for_a_function_with_modules_named_as_those_already_loaded(self):
        function = self.become({"app.py": WHERE, "json.py": ""})
        self.assertEqual(os.path.join(function.task_root, "json.py"), function.invoke().body["json"])

    def test_end_quietly_when_no_function_comes(self):
        function = self.start("", prestarted=True)
        function.api.prestarted.put(None)
        self.assertEqual((0, "", ""), (function.exit_code, function.output, function.errors))
