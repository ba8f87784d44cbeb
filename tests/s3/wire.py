"""What the scripts beside this one share: a client of the server whose address is the first argument, and refusals by their code."""
import sys

import boto3
import botocore.exceptions
from botocore.config import Config

ENDPOINT = sys.argv[1]
REGION = "eu-central-1"


def client(service="s3", **config):
    return boto3.client(service, endpoint_url=ENDPOINT, config=Config(retries={"max_attempts": 0}, **config))


def create_bucket(s3, name, **more):
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION}, **more)


def refused(code, call, *arguments, **more):
    """The call's error, which must have this code."""
    try:
        call(*arguments, **more)
    except botocore.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return error.response
    raise AssertionError(f"{call.__name__} was not refused: {code}")
