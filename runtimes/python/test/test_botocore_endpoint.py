import os
import unittest

from test.function_test import FunctionTest

ENDPOINTS = """
    import boto3
    session = boto3.session.Session(region_name="us-east-1")
    def handler(event, context):
        return [session.client("s3").meta.endpoint_url, session.client("logs").meta.endpoint_url, session.client("stepfunctions").meta.endpoint_url,
                session.client("s3", endpoint_url="http://own").meta.endpoint_url]
    """


@unittest.skipUnless(os.path.exists("/usr/lib/python3/dist-packages/boto3"), "Debian's python3-boto3 is not installed.")
class ClientsOfBoto3(FunctionTest):
    def endpoints(self, **variables):
        keys = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
        return self.invoke(ENDPOINTS, variables={**keys, **variables}).body

    def test_follow_AWS_ENDPOINT_URL_and_that_of_their_service(self):
        given = self.endpoints(AWS_ENDPOINT_URL="http://all", AWS_ENDPOINT_URL_CLOUDWATCH_LOGS="http://logs", AWS_ENDPOINT_URL_SFN="http://steps")
        self.assertEqual(["http://all", "http://logs", "http://steps", "http://own"], given)

    def test_go_to_AWS_when_told_to_ignore_it(self):
        given = self.endpoints(AWS_ENDPOINT_URL="http://all", AWS_IGNORE_CONFIGURED_ENDPOINT_URLS="true")
        self.assertEqual("https://logs.us-east-1.amazonaws.com", given[1])
