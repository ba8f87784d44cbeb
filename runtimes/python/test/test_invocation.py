import subprocess
import sys

from test.function_test import BOOTSTRAP, FunctionTest

TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"


class Invocations(FunctionTest):
    def test_the_context_holds_what_AWS_documents(self):
        function = self.start("""
            def handler(event, context):
                fields = dict(vars(context), remaining=context.get_remaining_time_in_millis())
                fields["identity"] = vars(context.identity)
                fields["client_context"] = dict(vars(context.client_context), client=vars(context.client_context.client))
                return {name: value for name, value in fields.items() if not name.startswith("_")}
            """)
        fields = function.invoke(headers={
            "Lambda-Runtime-Client-Context": '{"custom":{"a":"b"},"env":{"c":"d"},"client":{"app_title":"Greeter"}}',
            "Lambda-Runtime-Cognito-Identity": '{"cognitoIdentityId":"id","cognitoIdentityPoolId":"pool"}',
            "Lambda-Runtime-Aws-Tenant-Id": "blue",
        }).body
        self.assertTrue(0 < fields.pop("remaining") <= 60_000)
        client = dict.fromkeys(["installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"])
        self.assertEqual({
            "function_name": "greeter",
            "function_version": "$LATEST",
            "memory_limit_in_mb": "128",
            "log_group_name": "/aws/lambda/greeter",
            "log_stream_name": "2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef",
            "aws_request_id": "request-1",
            "invoked_function_arn": "arn:aws:lambda:us-east-1:000000000000:function:greeter",
            "tenant_id": "blue",
            "client_context": {"custom": {"a": "b"}, "env": {"c": "d"}, "client": {**client, "app_title": "Greeter"}},
            "identity": {"cognito_identity_id": "id", "cognito_identity_pool_id": "pool"},
        }, fields)

    def test_a_context_without_mobile_caller_has_an_empty_identity(self):
        answer = self.invoke("def handler(event, context): return [context.identity.cognito_identity_id, context.client_context]")
        self.assertEqual([None, None], answer.body)

    def test_the_trace_header_is_there_during_its_invocation_only(self):
        function = self.start("""
            import os
            during_init = os.environ.get("_X_AMZN_TRACE_ID")
            def handler(event, context):
                return during_init, os.environ.get("_X_AMZN_TRACE_ID")
            """, variables={"_X_AMZN_TRACE_ID": "of someone else"})
        self.assertEqual([None, TRACE], function.invoke(headers={"Lambda-Runtime-Trace-Id": TRACE}).body)
        self.assertEqual([None, None], function.invoke().body)

    def test_an_environment_is_reused_over_one_connection(self):
        function = self.start("""
            import itertools
            numbers = itertools.count(1)
            def handler(event, context): return next(numbers)
            """)
        answers = [function.invoke() for _ in range(3)]
        self.assertEqual([1, 2, 3], [answer.body for answer in answers])
        self.assertEqual(1, len({answer.port for answer in answers}))

    def test_the_attempt_that_an_invocation_belongs_to_is_echoed(self):
        function = self.start("def handler(event, context): return 1 / event")
        for event in (1, 0):
            answer = function.invoke(event, {"Lambda-Runtime-Invocation-Id": f"attempt-{event}"})
            self.assertEqual(f"attempt-{event}", answer.headers["Lambda-Runtime-Invocation-Id"])

    def test_the_next_event_arrives_although_the_server_closed_the_connection_after_an_answer(self):
        function = self.start("def handler(event, context): return event")
        function.api.closes_after_answer = True
        first, second = function.invoke(1), function.invoke(2)
        self.assertEqual([1, 2], [first.body, second.body])
        self.assertNotEqual(first.port, second.port)

    def test_a_result_that_the_platform_refuses_is_noted_and_the_next_event_taken(self):
        function = self.start("def handler(event, context): return event")
        function.api.answer_status = 413
        function.invoke(1)
        self.assertEqual(2, function.invoke(2).body)
        self.assertRegex(function.errors, r"^The Runtime API answered 413 to /2018-06-01/runtime/invocation/request-1/response: ")

    def test_large_events_and_results_arrive_whole(self):
        answer = self.invoke("def handler(event, context): return event + 'é' * 2_000_000", "x" * 1_000_000)
        self.assertEqual("x" * 1_000_000 + "é" * 2_000_000, answer.body)

    def test_the_process_ends_when_the_runtime_api_is_gone(self):
        unreachable = {"AWS_LAMBDA_RUNTIME_API": "127.0.0.1:1", "LAMBDA_TASK_ROOT": "/tmp", "_HANDLER": "platform.node"}
        ended = subprocess.run([sys.executable, "-S", "-u", BOOTSTRAP], env=unreachable, stderr=subprocess.PIPE, text=True)
        self.assertEqual(1, ended.returncode)
        self.assertIn("ConnectionRefusedError", ended.stderr)

    def test_processes_of_a_function_are_no_runtimes(self):
        answer = self.invoke("""
            import multiprocessing
            def handler(event, context):
                processes = multiprocessing.get_context("spawn")
                ours, theirs = processes.Pipe()
                child = processes.Process(target=work, args=(theirs, 20))
                child.start()
                child.join()
                return ours.recv()
            def work(connection, number): connection.send(number + 1)
            """)
        self.assertEqual(21, answer.body)

    def test_an_exit_of_the_handler_is_an_exit_of_the_process(self):
        function = self.start("""
            import sys
            def handler(event, context): sys.exit(3)
            """)
        function.api._events.put(("request-1", b"{}", {}))
        self.assertEqual(3, function.exit_code)


class Results(FunctionTest):
    def result_of(self, expression, runtime="python3.12"):
        code = f"""
            import collections, datetime, decimal
            def handler(event, context): return {expression}
            """
        return self.invoke(code, variables={"AWS_EXECUTION_ENV": f"AWS_Lambda_{runtime}"})

    def test_take_the_form_that_AWS_gives_them(self):
        for expression, text in {
            "None": "null",
            "{'a': (1, 2.5, True), 3: 'ü'}": '{"a": [1, 2.5, true], "3": "ü"}',
            "[decimal.Decimal('1.10'), decimal.Decimal(12345678901234567890123)]": "[1.10, 12345678901234567890123]",
            "{'raw': b'text'}": '{"raw": "text"}',
            "'\\u2028\\x00\"'": '"\u2028\\u0000\\""',
        }.items():
            self.assertEqual(text, self.result_of(expression).text.decode(), expression)

    def test_escape_characters_before_Python_3_12(self):
        self.assertEqual(rb'"\u00fc"', self.result_of("'ü'", "python3.11").text)

    def test_that_are_bytes_are_passed_as_they_are(self):
        answer = self.result_of(r"b'\x00\xff'")
        self.assertEqual((b"\x00\xff", "application/unknown"), (answer.text, answer.headers["Content-Type"]))

    def test_without_JSON_form_are_an_error(self):
        for expression, message in {
            "datetime.datetime.now()": "Unable to marshal response: Object of type datetime is not JSON serializable",
            "{1}": "Unable to marshal response: Object of type set is not JSON serializable",
            "float('nan')": "Unable to marshal response: Out of range float values are not JSON compliant",
            "decimal.Decimal('NaN')": "Unable to marshal response: Out of range float values are not JSON compliant",
            "[collections.__dict__]": "Unable to marshal response: ",
        }.items():
            answer = self.result_of(expression)
            self.assertEqual(("error", "Runtime.MarshalError"), (answer.kind, answer.body["errorType"]))
            self.assertTrue(answer.body["errorMessage"].startswith(message), answer.body)

    def test_that_hold_themselves_are_an_error_and_only_that(self):
        function = self.start("""
            loop = []
            def handler(event, context):
                if event: loop.append(loop)
                else: loop.clear()
                return loop
            """)
        self.assertEqual("Unable to marshal response: Circular reference detected", function.invoke(1).body["errorMessage"])
        self.assertEqual([], function.invoke(0).body)


class Events(FunctionTest):
    def test_are_read_as_any_JSON(self):
        function = self.start("def handler(event, context): return repr(event)")
        for text in ('{"a":[1,-2.5e3,null,true,"\\u00fc\\ud83d\\ude00"]}', ' [1, 2]\n', '"text"', "1e400", "12345678901234567890"):
            self.assertEqual(repr(__import__("json").loads(text)), function.invoke(text.encode()).body)

    def test_that_are_no_JSON_are_an_error(self):
        function = self.start("def handler(event, context): return event")
        for text in (b"{", b"[1] 2", b"\xff", b""):
            answer = function.invoke(text)
            self.assertEqual("Runtime.UnmarshalError", answer.body["errorType"])
            self.assertTrue(answer.body["errorMessage"].startswith("Unable to unmarshal input: "))
