"""The context object that a handler gets beside its event."""
import os
import time

from lambray_runtime import json_conversion, log_lines
from lambray_runtime.runtime_errors import LambdaContextUnmarshalError


class LambdaContext:
    def __init__(self, invocation):
        environment = os.environ
        self.aws_request_id = invocation.request_id
        self.invoked_function_arn = invocation.function_arn
        self.tenant_id = invocation.tenant_id
        self.function_name = environment.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = environment.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = environment.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = environment.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = environment.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.client_context = _client_context(invocation.client_context)
        self.identity = CognitoIdentity(_parsed(invocation.cognito_identity, "Cognito Identity") or {})
        self._deadline_ms = invocation.deadline_ms

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline_ms - int(time.time() * 1000))

    def log(self, message):
        """Writes a message to the function's log, as one record."""
        log_lines.write_record(str(message))

    def __repr__(self):
        return _text_of(self)


class CognitoIdentity:
    """Who called, when that was an AWS Mobile SDK with an identity of Amazon Cognito."""

    def __init__(self, identity):
        self.cognito_identity_id = identity.get("cognitoIdentityId")
        self.cognito_identity_pool_id = identity.get("cognitoIdentityPoolId")

    def __repr__(self):
        return _text_of(self)


class ClientContext:
    """What an AWS Mobile SDK sent with its call."""

    def __init__(self, context):
        self.custom = context.get("custom")
        self.env = context.get("env")
        self.client = Client(context["client"]) if context.get("client") is not None else None

    def __repr__(self):
        return _text_of(self)


class Client:
    def __init__(self, client):
        self.installation_id = client.get("installation_id")
        self.app_title = client.get("app_title")
        self.app_version_name = client.get("app_version_name")
        self.app_version_code = client.get("app_version_code")
        self.app_package_name = client.get("app_package_name")

    def __repr__(self):
        return _text_of(self)


def _client_context(header):
    context = _parsed(header, "Client Context")
    return None if context is None else ClientContext(context)


def _parsed(header, name):
    if not header:
        return None
    try:
        return json_conversion.decode(header)
    except ValueError as error:
        raise LambdaContextUnmarshalError(f"Unable to parse {name} JSON: {error}") from error


def _text_of(value):
    fields = ",".join(f"{name}={field}" for name, field in vars(value).items() if not name.startswith("_"))
    return f"{type(value).__name__}([{fields}])"
