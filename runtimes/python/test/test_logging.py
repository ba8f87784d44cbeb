import json

from test.function_test import FunctionTest


class LogRecords(FunctionTest):
    def output_of(self, statement, **variables):
        code = f"""
            import logging
            log = logging.getLogger()
            def handler(event, context):
                {statement}
            """
        function = self.start(code, variables=variables)
        function.invoke()
        return function.output

    def test_carry_level_time_and_request_id(self):
        self.assertRegex(self.output_of("log.warning('%s low', 'disk')"), r"^\[WARNING\]\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\trequest-1\tdisk low\n$")

    def test_below_WARNING_are_left_out_until_a_level_is_set(self):
        self.assertEqual("", self.output_of("log.info('quiet')"))
        self.assertRegex(self.output_of("log.setLevel('INFO'); log.info('heard')"), "heard\n$")
        self.assertRegex(self.output_of("log.debug('heard')", AWS_LAMBDA_LOG_LEVEL="TRACE"), "heard\n$")

    def test_of_several_lines_stay_one_record(self):
        self.assertRegex(self.output_of("log.error('a\\nb')"), r"request-1\ta\rb\n$")
        self.assertRegex(self.output_of("""
                try: 1 / 0
                except Exception: log.exception('bad')"""), r"\tbad\rTraceback \(most recent call last\):\r.*\rZeroDivisionError: division by zero\n$")

    def test_during_init_have_no_request_id(self):
        function = self.start("import logging\nlogging.warning('loading')\ndef handler(event, context): pass")
        function.invoke()
        self.assertRegex(function.output, r"Z\t\tloading\n$")

    def test_are_JSON_where_that_is_the_log_format(self):
        output = self.output_of("log.info('hi', extra={'a': {'b': 1}, 'c': {2}})", AWS_LAMBDA_LOG_FORMAT="JSON", AWS_LAMBDA_LOG_LEVEL="INFO")
        record = json.loads(output)
        self.assertRegex(record.pop("timestamp"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertEqual(
            {"level": "INFO", "message": "hi", "logger": "root", "requestId": "request-1", "a": "{'b': 1}", "c": "{2}"}, record)

    def test_in_JSON_tell_of_exceptions(self):
        record = json.loads(self.output_of("""
                try: 1 / 0
                except Exception: log.exception('bad')""", AWS_LAMBDA_LOG_FORMAT="JSON"))
        self.assertEqual(("bad", "ERROR", "ZeroDivisionError", "division by zero", 1),
                         (record["message"], record["level"], record["errorType"], record["errorMessage"], len(record["stackTrace"])))
        self.assertRegex(record["location"], r"app\.py:handler:\d+$")

    def test_leave_prints_alone_and_in_order(self):
        self.assertRegex(self.output_of("print('a\\nb', end=''); log.error('c'); context.log('d\\ne'); print('f')"), "^a\nb\\[ERROR\\]\t[^\t]+\t[^\t]+\tc\nd\re\nf\n$")
