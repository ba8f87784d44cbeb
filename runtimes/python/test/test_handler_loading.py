import os

from test.function_test import FunctionTest

READY = "def handler(event, context): return 'ready'"


class Handlers(FunctionTest):
    def test_are_loaded_by_the_names_that_AWS_allows(self):
        for files, handler in (
            ({"app.py": READY}, "app.handler"),
            ({"src/app.py": READY}, "src/app.handler"),
            ({"src/__init__.py": "", "src/app.py": READY}, "src.app.handler"),
            ({"src/__init__.py": READY}, "src.handler"),
        ):
            self.assertEqual("ready", self.invoke(files, handler=handler).body, handler)

    def test_may_be_modules_named_as_parts_of_the_runtime(self):
        for name in ("bootstrap", "context", "runtime_api", "log_lines"):
            self.assertEqual("ready", self.invoke({f"{name}.py": READY}, handler=f"{name}.handler").body, name)

    def test_that_cannot_be_loaded_are_init_errors(self):
        for files, handler, error_type, message in (
            ({}, "app.handler", "Runtime.ImportModuleError", "^Unable to import module 'app': No module named 'app'$"),
            ({"app.py": "import absent"}, "app.handler", "Runtime.ImportModuleError", "^Unable to import module 'app': No module named 'absent'$"),
            ({"app.py": ""}, "app.handler", "Runtime.HandlerNotFound", "^Handler 'handler' missing on module 'app'$"),
            ({"app.py": ""}, "app", "Runtime.MalformedHandlerName", "^Bad handler 'app': not enough values to unpack"),
            ({}, "time.sleep", "Runtime.BuiltInModuleConflict", "^Cannot use built-in module time as a handler module$"),
            ({"app.py": "def ("}, "app.handler", "Runtime.UserCodeSyntaxError", r"^Syntax error in module 'app': invalid syntax \(app.py, line 1\)$"),
            ({"app.py": "raise KeyError('early')"}, "app.handler", "KeyError", "^'early'$"),
        ):
            with self.subTest(message):
                self.assert_init_fails(self.start(files, handler=handler), error_type, message)

    def test_that_exit_while_loading_end_the_process(self):
        self.assertEqual(4, self.start("import sys; sys.exit(4)").exit_code)
        self.assertEqual(0, self.start("exit()").exit_code)


class SearchPaths(FunctionTest):
    def test_begin_with_the_function_then_layers_then_PYTHONPATH(self):
        function = self.start(
            {"app.py": "import sys\ndef handler(event, context): return sys.path", "own/x.py": ""}, variables={"PYTHONPATH": "/first:/second"})
        paths = function.invoke().body
        self.assertEqual(function.task_root, paths[0])
        self.assertRegex(paths[1], r"^/opt/python/lib/python3\.\d+/site-packages$")
        self.assertEqual(["/opt/python", "/first", "/second"], paths[2:5])

    def test_let_layers_customize_the_interpreter(self):
        layer = self.start({"sitecustomize.py": "import builtins; builtins.customized = True"}, handler="nothing.handler").task_root
        function = self.start("def handler(event, context): return customized", variables={"PYTHONPATH": layer})
        self.assertEqual(True, function.invoke().body)

    def test_lead_to_boto3_but_not_to_other_packages_of_the_machine(self):
        if not os.path.exists("/usr/lib/python3/dist-packages/boto3"):
            self.skipTest("Debian's python3-boto3 is not installed.")
        function = self.start("""
            import boto3, importlib.util
            def handler(event, context): return [boto3.__file__, importlib.util.find_spec("apt") is None]
            """)
        where, others_hidden = function.invoke().body
        self.assertRegex(where, r"/boto3/__init__\.py$")
        self.assertTrue(others_hidden)

    def test_prefer_the_boto3_of_the_function(self):
        self.assertEqual("own", self.invoke({"boto3.py": "name = 'own'", "app.py": "import boto3\ndef handler(e, c): return boto3.name"}).body)
