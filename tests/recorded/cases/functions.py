"""Functions: creation, updates, deletion, names, lists and limits."""

import re

from case import package, recorded

F = "TestLambdaFunction::"
VERSION_1, VERSION_2 = package("VERSION = 1"), package("VERSION = 2")


@recorded(F + "test_function_lifecycle")
def lifecycle(c):
    name, created = c.create_usual(MemorySize=256, Timeout=5)
    c.match("create_response", created)
    c.match("get_function_response", c.get_function(FunctionName=name))
    c.match("update_func_conf_response", c.update_function_configuration(
        FunctionName=name, Runtime="python3.11", Description="Changed-Description", MemorySize=512, Timeout=10, Environment={"Variables": {"ENV_A": "a"}}))
    c.settle(name)
    c.match("get_function_response_postupdate", c.get_function(FunctionName=name))
    c.match("update_code_response", c.update_function_code(FunctionName=name, ZipFile=VERSION_1))
    c.settle(name)
    c.match("get_function_response_postcodeupdate", c.get_function(FunctionName=name))
    c.match("delete_response", c.delete_function(FunctionName=name))
    c.refused("delete_postdelete", "delete_function", FunctionName=name)


@recorded(F + "test_redundant_updates")
def redundant_updates(c):
    name, created = c.create_usual(Description="Initial description")
    c.match("create_response", created)
    c.match("first_update_result", c.update_function_configuration(FunctionName=name, Description="1st update description"))
    c.settle(name)
    c.match("get_fn_config_result", c.get_function_configuration(FunctionName=name))
    c.match("get_fn_result", c.get_function(FunctionName=name))
    c.match("redundant_update_result", c.update_function_configuration(FunctionName=name, Description="1st update description"))
    c.settle(name)
    c.match("get_fn_result_after_redundant_update", c.get_function(FunctionName=name))


@recorded(*(F + f"test_ops_with_arn_qualifier_mismatch[{operation}]" for operation in ("delete_function", "get_function", "get_function_configuration")))
def qualifier_mismatch(c):
    c.refused("not_match_exception", c.parameter, FunctionName=c.arn("some-function:1"), Qualifier="$LATEST")
    c.refused("match_exception", c.parameter, FunctionName=c.arn("some-function:$LATEST"), Qualifier="$LATEST")


@recorded(*(F + f"test_ops_on_nonexisting_version[{operation}]" for operation in ("get_function", "get_function_configuration", "get_function_event_invoke_config")))
def versions_that_are_not_there(c):
    name, _ = c.create_usual()
    c.refused("version_not_found_exception", c.parameter, FunctionName=name, Qualifier="1221")


@recorded(F + "test_delete_on_nonexisting_version")
def deleting_versions_that_are_not_there(c):
    name, _ = c.create_usual()
    c.delete_function(FunctionName=name, Qualifier="1233")
    c.delete_function(FunctionName=name)
    c.refused("delete_function_response_non_existent", "delete_function", FunctionName=name)
    c.refused("delete_function_response_non_existent_with_qualifier", "delete_function", FunctionName=name, Qualifier="1233")


@recorded(*(F + f"test_ops_on_nonexisting_fn[{operation}]" for operation in (
    "delete_function", "get_function", "get_function_configuration", "get_function_url_config", "get_function_code_signing_config",
    "get_function_event_invoke_config", "get_function_concurrency")))
def functions_that_are_not_there(c):
    c.refused("not_found_exception", c.parameter, FunctionName=c.new_name("i-dont-exist"))


@recorded(*(F + f"test_get_function_wrong_region[{operation}]" for operation in (
    "get_function", "get_function_configuration", "get_function_url_config", "get_function_code_signing_config", "get_function_event_invoke_config",
    "get_function_concurrency", "delete_function", "invoke")))
def functions_of_another_region(c):
    c.refused("wrong_region_exception", c.parameter, FunctionName=f"arn:aws:lambda:us-east-1:{c.account}:function:elsewhere")


@recorded(F + "test_lambda_code_location_zipfile")
def code_in_the_request(c):
    name = c.new_name()
    c.match("create-response-zip-file", c.create(name))
    c.match("get-function-response", c.get_function(FunctionName=name))
    c.match("update-function-response", c.update_function_code(FunctionName=name, ZipFile=VERSION_1))
    c.match("get-function-response-updated", c.get_function(FunctionName=name))


@recorded(F + "test_lambda_code_location_s3")
def code_in_a_bucket(c):
    name = c.new_name()
    source = {"S3Bucket": "recorded-code", "S3Key": "code/code-function.zip"}
    c.client.put_object(*source.values(), VERSION_1)
    c.match("create_response_s3", c.create(name, Code=source))
    c.match("get-function-response", c.get_function(FunctionName=name))
    c.client.put_object(*source.values(), VERSION_2)
    c.match("update-function-response", c.update_function_code(FunctionName=name, **source))
    c.match("get-function-response-updated", c.get_function(FunctionName=name))


@recorded(F + "test_lambda_code_location_s3_errors")
def code_that_is_in_no_bucket(c):
    c.client.put_object("recorded-code", "code/code-function.zip", VERSION_1)
    name = c.new_name()
    no_bucket = {"S3Bucket": "some-random-non-existent-bucket", "S3Key": "code/code-function.zip"}
    no_key = {"S3Bucket": "recorded-code", "S3Key": "non/existent.zip"}
    c.refused("create-error-wrong-bucket", "create_function", FunctionName=name, **c.settings(Code=no_bucket))
    c.refused("create-error-wrong-key", "create_function", FunctionName=name, **c.settings(Code=no_key))
    c.create(name)
    c.refused("update-error-wrong-bucket", "update_function_code", FunctionName=name, **no_bucket)
    c.refused("update-error-wrong-key", "update_function_code", FunctionName=name, **no_key)


@recorded(F + "test_function_arns")
def names_of_new_functions(c):
    c.match("create-function-arn-response", c.create_usual(c.arn(c.new_name()))[1])
    c.match("create-function-partial-arn-response", c.create_usual(f"{c.account}:function:{c.new_name()}")[1])
    c.refused("invalid_function_name_exc", "create_function", FunctionName="invalid:function:name", **c.settings())
    c.refused("long_function_name_exc", "create_function", FunctionName="a" * 65, **c.settings())
    c.refused("long_function_arn_exc", "create_function", FunctionName=c.arn("a" * (141 - len(c.arn("")))), **c.settings())
    c.refused("function_arn_other_region_exc", "create_function", FunctionName=f"arn:aws:lambda:ap-southeast-1:{c.account}:function:x", **c.settings())
    c.refused("function_arn_other_account_exc", "create_function", FunctionName=f"arn:aws:lambda:{c.region}:999999999999:function:x", **c.settings())


NAMES = {
    "invalid_characters_in_function_name": ("my-function!", None),
    "function_name_is_single_invalid": ("*", None),
    "invalid_characters_in_qualifier": ("my-function", "invalid!"),
    "qualifier_too_long": ("my-function", "a" * 129),
    "invalid_account_id_in_partial_arn": ("invalid-account:function:my-function", None),
    "invalid_region_in_arn": ("arn:aws:lambda:invalid-region:{account}:function:my-function", None),
    "non_lambda_arn": ("arn:aws:ec2:{region}:{account}:instance:i-1234567890abcdef0", None),
    "function_name_too_long": ("a" * 65, None),
    "function_name_too_long_and_invalid_region": ("arn:aws:lambda:invalid-region:{account}:function:my-function" + "a" * 170, None),
    "full_arn_and_qualifier_too_long_and_invalid_region": ("arn:aws:lambda:invalid-region:{account}:function:my-function-" + "a" * 170, "a" * 129),
    "full_arn_with_multiple_qualifiers": ("arn:aws:lambda:{region}:{account}:function:my-function:1:2", None),
    "incomplete_arn": ("arn:aws:lambda:{region}:{account}:function", None),
    "partial_arn_with_extra_qualifier": ("function:my-function:$LATEST:extra", None),
    "latest_version_with_additional_qualifier": ("arn:aws:lambda:{region}:{account}:function:my-function:$LATEST", "1"),
    "lowercase_latest_qualifier": ("arn:aws:lambda:{region}:{account}:function:my-function", "$latest"),
    "missing_region_in_arn": ("arn:aws:lambda::{account}:function:my-function", None),
    "missing_account_id_in_arn": ("arn:aws:lambda:{region}::function:my-function", None),
    "misspelled_latest_in_arn": ("arn:aws:lambda:{region}:{account}:function:my-function:$LATES", None),
}


@recorded(*(F + f"test_function_name_and_qualifier_validation[{name}-{operation}]" for name in NAMES
            for operation in ("get_function", "delete_function", "invoke", "create_function") if (name, operation) != ("incomplete_arn", "create_function")))
def names_that_are_none(c):
    kind, operation = c.parameter.rsplit("-", 1)
    name, qualifier = NAMES[kind]
    name = name.format(region=c.region, account=c.account)
    if operation == "create_function":
        error = c.error(operation, FunctionName=f"{name}:{qualifier}" if qualifier else name, **c.settings())
    else:
        error = c.error(operation, FunctionName=name, **({"Qualifier": qualifier} if qualifier else {}))
    c.match(f"{operation}_exception", constraints_of(error))


def constraints_of(error):
    # As they were recorded: each broken constraint by itself, in alphabetical order.
    if "Error" not in error:
        return error
    found = re.findall(r"(Value '.*?' at '.*?' failed to satisfy constraint: .+?(?=;|$))", error["Error"]["Message"])
    code = {"Code": error["Error"]["Code"]}
    return {**code, "Errors": sorted(found), "Count": len(found)} if found else {**code, "Message": error["Error"]["Message"]}


@recorded(F + "test_create_lambda_exceptions")
def settings_that_cannot_be(c):
    name = c.new_name()
    for label, settings in {
        "invalid_role_arn_exc": {"Role": "r1"},
        "invalid_runtime_exc": {"Runtime": "non-existent-runtime"},
        "uppercase_runtime_exc": {"Runtime": "PYTHON3.9"},
        "multiple_architectures": {"Architectures": ["x86_64", "arm64"]},
        "uppercase_architecture": {"Architectures": ["X86_64"]},
        "invalid_zip_exc": {"Runtime": "python3.9", "Code": {"ZipFile": b"this is not a zipfile, just a random string"}},
    }.items():
        c.refused(label, "create_function", FunctionName=name, **c.settings(**settings))


@recorded(F + "test_update_lambda_exceptions")
def changes_that_cannot_be(c):
    name = c.new_name()
    c.create(name)
    c.refused("invalid_role_arn_exc", "update_function_configuration", FunctionName=name, Role="r1")
    c.refused("invalid_runtime_exc", "update_function_configuration", FunctionName=name, Runtime="non-existent-runtime")
    c.refused("uppercase_runtime_exc", "update_function_configuration", FunctionName=name, Runtime="PYTHON3.9")


@recorded(F + "test_list_functions")
def lists(c):
    first, created = c.create_usual(Publish=True)
    c.match("create_response_1", created)
    second, created = c.create_usual()
    c.match("create_response_2", created)
    c.refused("list_functions_invalid_functionversion", "list_functions", FunctionVersion="invalid")
    ours = lambda listed: {"Functions": [function for function in listed["Functions"] if function["FunctionName"] in (first, second)]}
    c.match("list_all", ours(c.client.all_pages("list_functions", "Functions", FunctionVersion="ALL")))
    c.match("list_default", ours(c.client.all_pages("list_functions", "Functions")))


@recorded(F + "test_invalid_invoke")
def invoking_what_is_no_name(c):
    c.refused("invoke_function_name_pattern_exc", "invoke", FunctionName=f"arn:aws:lambda:{c.region}:123400000000@function:myfn", Payload="{}")


@recorded(*(f"TestRuntimeValidation::test_create_deprecated_function_runtime_with_validation_enabled[{runtime}]" for runtime in (
    "java8", "go1.x", "provided", "ruby2.7", "nodejs14.x", "python3.7", "dotnetcore3.1", "nodejs12.x")))
def retired_runtimes(c):
    c.refused("deprecation_error", "create_function", FunctionName=c.new_name(), **c.settings(Runtime=c.parameter))


S = "TestLambdaSizeLimits::"


@recorded(S + "test_oversized_request_create_lambda")
def requests_that_are_too_large(c):
    c.refused("invalid_param_exc", "create_function", FunctionName=c.new_name(), **c.settings(Environment={"Variables": {"largeKey": "#" * 70_167_211}}))


@recorded(S + "test_oversized_zipped_create_lambda")
def zips_that_are_too_large(c):
    c.refused("invalid_param_exc", "create_function", FunctionName=c.new_name(), **c.settings(Code={"ZipFile": b"#" * 52_428_801}))


@recorded(S + "test_oversized_unzipped_lambda")
def code_that_is_too_large(c):
    c.client.put_object("recorded-code", "large.zip", package("#" * 262_144_001))
    c.refused("invalid_param_exc", "create_function", FunctionName=c.new_name(), **c.settings(Code={"S3Bucket": "recorded-code", "S3Key": "large.zip"}))


@recorded(S + "test_large_environment_variables_fails")
def a_variable_that_is_too_large(c):
    c.refused("failed_create_fn_result", "create_function", FunctionName=c.new_name(), **c.settings(
        Handler="handler.handler", Timeout=30, Environment={"Variables": {"LARGE_VAR": "x" * (4096 - 6 - len("LARGE_VAR"))}}))


@recorded(S + "test_large_environment_fails_multiple_keys")
def variables_that_are_too_large(c):
    c.refused("failured_create_fn_result_multi_key", "create_function", FunctionName=c.new_name(), **c.settings(
        Environment={"Variables": {"SMALL_VAR": "ok", "LARGE_VAR": "x" * 4064}}))


@recorded(S + "test_lambda_envvars_near_limit_succeeds")
def variables_that_just_fit(c):
    c.match("successful_create_fn_result", c.create_usual(Environment={"Variables": {"LARGE_VAR": "x" * (4096 - 7 - len("LARGE_VAR"))}})[1])


L = "TestLoggingConfig::"


@recorded(L + "test_function_advanced_logging_configuration")
def logging(c):
    name, created = c.create_usual(MemorySize=256, Timeout=5, LoggingConfig={"LogFormat": "JSON"})
    c.match("create_response", created)
    c.match("get_function_response", c.get_function(FunctionName=name))
    c.match("function_config", c.get_function_configuration(FunctionName=name))
    change(c, name, "updated_config", "received_config", {"LogFormat": "JSON", "ApplicationLogLevel": "INFO", "SystemLogLevel": "INFO", "LogGroup": "cool_lambda"})


@recorded(L + "test_advanced_logging_configuration_format_switch")
def switching_log_formats(c):
    name = create_with_text_logs(c)
    change(c, name, "updated_config", "received_config", {"LogFormat": "JSON"})
    change(c, name, "updated_config_v2", "received_config_v2", {"LogFormat": "Text"})


PARTIAL = [{"LogFormat": "JSON"}, {"LogFormat": "JSON", "ApplicationLogLevel": "DEBUG"}, {"LogFormat": "JSON", "SystemLogLevel": "DEBUG"}, {"LogGroup": "cool_lambda"}]


@recorded(*(L + f"test_function_partial_advanced_logging_configuration_update[partial_config{index}]" for index in range(len(PARTIAL))))
def changing_parts_of_logging(c):
    change(c, create_with_text_logs(c), "updated_config", "received_config", PARTIAL[int(c.parameter[-1])])


def create_with_text_logs(c):
    name, created = c.create_usual(MemorySize=256, Timeout=5)
    c.match("create_response", created)
    c.match("get_function_response", c.get_function(FunctionName=name))
    c.match("function_config", c.get_function_configuration(FunctionName=name))
    return name


def change(c, name, answered, after, config):
    c.match(answered, c.update_function_configuration(FunctionName=name, LoggingConfig=config))
    c.settle(name)
    c.match(after, c.get_function_configuration(FunctionName=name))


N = "TestLambdaSnapStart::"
SNAP_START = {"python3.12": "handler.handler", "python3.13": "handler.handler", "dotnet8": "dotnet::Dotnet.Function::FunctionHandler",
              "dotnet10": "dotnet::Dotnet.Function::FunctionHandler"}


@recorded(*(N + f"test_snapstart_lifecycle[{runtime}]" for runtime in SNAP_START))
def snap_start(c):
    name = c.new_name()
    c.match("create_function_response", c.create(name, **snap_start_settings(c)))
    c.publish_version(FunctionName=name, Description="version1")
    c.match("get_function_response_latest", c.get_function(FunctionName=name))
    c.match("get_function_response_version_1", c.get_function(FunctionName=f"{name}:1"))


@recorded(*(N + f"test_snapstart_update_function_configuration[{runtime}]" for runtime in SNAP_START))
def asking_for_snap_start(c):
    name = c.new_name()
    c.match("create_function_response", c.create(name, **snap_start_settings(c)))
    c.match("update_function_response", c.update_function_configuration(FunctionName=name, SnapStart={"ApplyOn": "PublishedVersions"}))


def snap_start_settings(c):
    return {"Runtime": c.parameter, "Handler": SNAP_START[c.parameter], "MemorySize": 1024, "Timeout": 5}


@recorded(N + "test_snapstart_exceptions")
def snap_start_that_is_none(c):
    c.refused("create_function_invalid_snapstart_apply", "create_function", FunctionName=c.new_name(), **c.settings(SnapStart={"ApplyOn": "invalidOption"}))
