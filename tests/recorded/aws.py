"""A client of the Lambda API that checks nothing by itself, so that every request reaches the server as it was meant."""

import base64
import http.client
import json
import time
import urllib.parse

FUNCTION = "/2015-03-31/functions/{FunctionName}"
EVENTS = "/2019-09-25/functions/{FunctionName}/event-invoke-config"
URL = "/2021-10-31/functions/{FunctionName}/url"
PROVISIONED = "/2019-09-30/functions/{FunctionName}/provisioned-concurrency"
SIGNING = "/2020-04-22/code-signing-configs"
FUNCTION_SIGNING = "/2020-06-30/functions/{FunctionName}/code-signing-config"
MAPPINGS = "/2015-03-31/event-source-mappings"
LAYER = "/2018-10-31/layers/{LayerName}/versions"
TAGS = "/2017-03-31/tags/{Resource}"

OPERATIONS = {
    "create_function": ("POST", "/2015-03-31/functions"),
    "list_functions": ("GET", "/2015-03-31/functions"),
    "get_function": ("GET", FUNCTION),
    "delete_function": ("DELETE", FUNCTION),
    "get_function_configuration": ("GET", FUNCTION + "/configuration"),
    "update_function_configuration": ("PUT", FUNCTION + "/configuration"),
    "update_function_code": ("PUT", FUNCTION + "/code"),
    "invoke": ("POST", FUNCTION + "/invocations"),
    "publish_version": ("POST", FUNCTION + "/versions"),
    "list_versions_by_function": ("GET", FUNCTION + "/versions"),
    "create_alias": ("POST", FUNCTION + "/aliases"),
    "list_aliases": ("GET", FUNCTION + "/aliases"),
    "get_alias": ("GET", FUNCTION + "/aliases/{Name}"),
    "update_alias": ("PUT", FUNCTION + "/aliases/{Name}"),
    "delete_alias": ("DELETE", FUNCTION + "/aliases/{Name}"),
    "add_permission": ("POST", FUNCTION + "/policy"),
    "get_policy": ("GET", FUNCTION + "/policy"),
    "remove_permission": ("DELETE", FUNCTION + "/policy/{StatementId}"),
    "put_function_event_invoke_config": ("PUT", EVENTS),
    "update_function_event_invoke_config": ("POST", EVENTS),
    "get_function_event_invoke_config": ("GET", EVENTS),
    "list_function_event_invoke_configs": ("GET", EVENTS + "/list"),
    "delete_function_event_invoke_config": ("DELETE", EVENTS),
    "create_function_url_config": ("POST", URL),
    "get_function_url_config": ("GET", URL),
    "update_function_url_config": ("PUT", URL),
    "delete_function_url_config": ("DELETE", URL),
    "list_function_url_configs": ("GET", URL + "s"),
    "put_function_concurrency": ("PUT", "/2017-10-31/functions/{FunctionName}/concurrency"),
    "delete_function_concurrency": ("DELETE", "/2017-10-31/functions/{FunctionName}/concurrency"),
    "get_function_concurrency": ("GET", "/2019-09-30/functions/{FunctionName}/concurrency"),
    "put_provisioned_concurrency_config": ("PUT", PROVISIONED),
    "get_provisioned_concurrency_config": ("GET", PROVISIONED),
    "delete_provisioned_concurrency_config": ("DELETE", PROVISIONED),
    "list_provisioned_concurrency_configs": ("GET", PROVISIONED + "?List=ALL"),
    "create_code_signing_config": ("POST", SIGNING),
    "list_code_signing_configs": ("GET", SIGNING),
    "get_code_signing_config": ("GET", SIGNING + "/{CodeSigningConfigArn}"),
    "update_code_signing_config": ("PUT", SIGNING + "/{CodeSigningConfigArn}"),
    "delete_code_signing_config": ("DELETE", SIGNING + "/{CodeSigningConfigArn}"),
    "list_functions_by_code_signing_config": ("GET", SIGNING + "/{CodeSigningConfigArn}/functions"),
    "put_function_code_signing_config": ("PUT", FUNCTION_SIGNING),
    "get_function_code_signing_config": ("GET", FUNCTION_SIGNING),
    "delete_function_code_signing_config": ("DELETE", FUNCTION_SIGNING),
    "put_function_recursion_config": ("PUT", "/2024-08-31/functions/{FunctionName}/recursion-config"),
    "get_function_recursion_config": ("GET", "/2024-08-31/functions/{FunctionName}/recursion-config"),
    "create_event_source_mapping": ("POST", MAPPINGS),
    "list_event_source_mappings": ("GET", MAPPINGS),
    "get_event_source_mapping": ("GET", MAPPINGS + "/{UUID}"),
    "update_event_source_mapping": ("PUT", MAPPINGS + "/{UUID}"),
    "delete_event_source_mapping": ("DELETE", MAPPINGS + "/{UUID}"),
    "tag_resource": ("POST", TAGS),
    "list_tags": ("GET", TAGS),
    "untag_resource": ("DELETE", TAGS),
    "get_account_settings": ("GET", "/2016-08-19/account-settings"),
    "list_layers": ("GET", "/2018-10-31/layers"),
    "get_layer_version_by_arn": ("GET", "/2018-10-31/layers?find=LayerVersion"),
    "publish_layer_version": ("POST", LAYER),
    "list_layer_versions": ("GET", LAYER),
    "get_layer_version": ("GET", LAYER + "/{VersionNumber}"),
    "delete_layer_version": ("DELETE", LAYER + "/{VersionNumber}"),
    "add_layer_version_permission": ("POST", LAYER + "/{VersionNumber}/policy"),
    "get_layer_version_policy": ("GET", LAYER + "/{VersionNumber}/policy"),
    "remove_layer_version_permission": ("DELETE", LAYER + "/{VersionNumber}/policy/{StatementId}"),
}

# Beside what GET and DELETE are asked for, which is all in the query.
IN_QUERY = {"Qualifier"}
RENAMED = {"TagKeys": "tagKeys"}


class AwsError(Exception):
    """What an SDK would raise; `response` is what it would show."""

    def __init__(self, response):
        super().__init__(response["Error"])
        self.response = response


class Lambda:
    """Operations as methods with keyword arguments, answers as dictionaries, in the way of boto3."""

    def __init__(self, endpoint):
        self.host = urllib.parse.urlparse(endpoint).netloc

    def __getattr__(self, operation):
        return lambda **arguments: self.call(operation, arguments)

    def call(self, operation, arguments):
        method, path = OPERATIONS[operation]
        path, query = path.split("?")[0], urllib.parse.parse_qsl(path.partition("?")[2])
        body = {}
        for name, value in arguments.items():
            if "{" + name + "}" in path:
                path = path.replace("{" + name + "}", urllib.parse.quote(str(value), safe=""))
            elif method in ("GET", "DELETE") or name in IN_QUERY or (name == "RevisionId" and operation == "add_layer_version_permission"):
                query += [(RENAMED.get(name, name), item) for item in (value if isinstance(value, list) else [value])]
            else:
                body[name] = value
        payload = body.pop("Payload", None) if operation == "invoke" else json.dumps(body, default=lambda data: base64.b64encode(data).decode())
        status, headers, answer = self.send(method, path + ("?" + urllib.parse.urlencode(query) if query else ""), payload if method in ("POST", "PUT") else None)
        parsed = json.loads(answer) if answer and operation != "invoke" or status >= 300 and answer else {}
        parsed["ResponseMetadata"] = {"HTTPStatusCode": status}
        if status < 300:
            # Where an SDK shows the status as a field.
            return {"StatusCode": status, **parsed} if operation == "delete_function" else parsed
        message = parsed.get("message", parsed.get("Message"))
        code = headers.get("x-amzn-ErrorType")
        raise AwsError({"Error": {"Code": code, "Message": message}, **{key: value for key, value in parsed.items() if has_field(code, key)}})

    def create_queue(self, name, **attributes):
        """Of SQS: what mappings read has to be there."""
        self.make("AmazonSQS.CreateQueue", QueueName=name, Attributes=attributes)

    def create_stream(self, name):
        self.make("Kinesis_20131202.CreateStream", StreamName=name, ShardCount=1)

    def create_table_stream(self, name):
        """Gives the stream's ARN."""
        return self.make(
            "DynamoDB_20120810.CreateTable", TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "key", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "key", "AttributeType": "S"}], StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
        )["TableDescription"]["LatestStreamArn"]

    def make(self, target, **fields):
        connection = http.client.HTTPConnection(self.host)
        connection.request("POST", "/", json.dumps(fields), {"X-Amz-Target": target})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(body)
        return json.loads(body) if body else None

    def send(self, method, path, body):
        connection = http.client.HTTPConnection(self.host, timeout=60)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def put_object(self, bucket, key, body):
        self.send("PUT", f"/{bucket}", None)
        status, _, answer = self.send("PUT", f"/{bucket}/{urllib.parse.quote(key)}", body)
        assert status == 200, answer

    def settle(self, name):
        """Waits as an SDK's waiters do, until the function is neither being created nor updated."""
        for _ in range(3000):
            configuration = self.get_function(FunctionName=name)["Configuration"]
            if configuration["State"] != "Pending" and configuration.get("LastUpdateStatus") != "InProgress":
                return
            time.sleep(0.01)
        raise TimeoutError(name)

    def settle_mapping(self, uuid):
        """Waits until an event source mapping is neither being changed nor deleted; returns it, or nothing when it is gone."""
        for _ in range(3000):
            try:
                mapping = self.get_event_source_mapping(UUID=uuid)
            except AwsError:
                return None
            if mapping["State"] in ("Enabled", "Disabled"):
                return mapping
            time.sleep(0.01)
        raise TimeoutError(uuid)

    def all_pages(self, operation, items, **arguments):
        """All items of a list, one page of one item after the other."""
        found, marker = [], {}
        while True:
            page = self.call(operation, {**arguments, "MaxItems": 1, **marker})
            found += page[items]
            if "NextMarker" not in page:
                return {items: found}
            marker = {"Marker": page["NextMarker"]}


def has_field(code, key):
    # An exception that the API model lacks shows an SDK no fields of its own.
    return key == "ResponseMetadata" or code not in ("ValidationException", "RequestEntityTooLargeException", "AccessDeniedException")
