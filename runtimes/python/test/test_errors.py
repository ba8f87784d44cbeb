import json

from test.function_test import FunctionTest

FAILING = '''\
def handler(event, context):
    return divide(event)

def divide(number):
    return number / 0
'''


class Errors(FunctionTest):
    def test_have_the_form_of_AWS_without_frames_of_the_runtime(self):
        function = self.start({"app.py": FAILING})
        answer = function.invoke(1)
        self.assertEqual("error", answer.kind)
        self.assertEqual({
            "errorMessage": "division by zero",
            "errorType": "ZeroDivisionError",
            "requestId": "request-1",
            "stackTrace": [
                f'  File "{function.task_root}/app.py", line 2, in handler\n    return divide(event)\n',
                f'  File "{function.task_root}/app.py", line 5, in divide\n    return number / 0\n',
            ],
        }, answer.body)
        self.assertEqual("ZeroDivisionError", answer.headers["Lambda-Runtime-Function-Error-Type"])

    def test_tell_X_Ray_their_cause(self):
        function = self.start({"app.py": FAILING})
        path = f"{function.task_root}/app.py"
        self.assertEqual({
            "working_directory": function.task_root,
            "exceptions": [{
                "type": "ZeroDivisionError",
                "message": "division by zero",
                "stack": [{"path": path, "line": 2, "label": "handler"}, {"path": path, "line": 5, "label": "divide"}],
            }],
            "paths": [path],
        }, json.loads(function.invoke(1).headers["Lambda-Runtime-Function-XRay-Error-Cause"]))

    def test_tell_X_Ray_a_short_cause_when_they_are_long(self):
        function = self.start("""
            def handler(event, context): return deeper(300)
            def deeper(depth):
                if depth: return eval("deeper(depth - 1)", dict(globals(), depth=depth))
                raise Exception("ü" * 100_000)
            """)
        answer = function.invoke()
        header = answer.headers["Lambda-Runtime-Function-XRay-Error-Cause"]
        self.assertLessEqual(len(header), 64 * 1024)
        cause = json.loads(header)["exceptions"][0]
        self.assertEqual(("Exception", "ü" * 1024, "deeper"), (cause["type"], cause["message"], cause["stack"][-1]["label"]))
        self.assertEqual("ü" * 100_000, answer.body["errorMessage"])

    def test_are_logged_as_one_record(self):
        function = self.start({"app.py": FAILING})
        function.invoke(1)
        frames = f'\u00a0\u00a0File "{function.task_root}/app.py", line 2, in handler\r\u00a0\u00a0\u00a0\u00a0return divide(event)\r'
        self.assertTrue(function.output.startswith(f"[ERROR] ZeroDivisionError: division by zero\rTraceback (most recent call last):\r{frames}"))
        self.assertEqual(1, function.output.count("\n"))

    def test_are_logged_as_JSON_where_that_is_the_log_format(self):
        function = self.start({"app.py": FAILING}, variables={"AWS_LAMBDA_LOG_FORMAT": "JSON"})
        function.invoke(1)
        record = json.loads(function.output)
        self.assertEqual(("ERROR", "ZeroDivisionError", "request-1", 2),
                         (record["level"], record["errorType"], record["requestId"], len(record["stackTrace"])))

    def test_that_cannot_be_shown_are_reported_all_the_same(self):
        answer = self.invoke("""
            class Shy(Exception):
                def __str__(self): raise ValueError()
            def handler(event, context): raise Shy()
            """)
        self.assertEqual(("Shy", "<unprintable Shy object>"), (answer.body["errorType"], answer.body["errorMessage"]))

    def test_of_threads_are_left_to_Python(self):
        function = self.start("""
            import threading
            def handler(event, context):
                thread = threading.Thread(target=lambda: 1 / 0)
                thread.start()
                thread.join()
                return "fine"
            """)
        self.assertEqual("fine", function.invoke().body)
        self.assertIn("ZeroDivisionError", function.errors)

    def test_do_not_end_the_environment(self):
        function = self.start("""
            count = 0
            def handler(event, context):
                global count
                count += 1
                if event == "fail": raise ValueError(count)
                return count
            """)
        self.assertEqual(["1", 2], [function.invoke("fail").body["errorMessage"], function.invoke("go").body])

    def test_of_a_broken_client_context_are_reported(self):
        function = self.start("def handler(event, context): return 1")
        answer = function.invoke(headers={"Lambda-Runtime-Client-Context": "{"})
        self.assertEqual("Runtime.LambdaContextUnmarshalError", answer.body["errorType"])
        self.assertRegex(answer.body["errorMessage"], "^Unable to parse Client Context JSON: ")
