"""Makes a botocore that does not know AWS_ENDPOINT_URL follow it ("Service-specific endpoints" in the SDKs reference guide)."""
import os

import botocore
from botocore.session import Session
from botocore.utils import EVENT_ALIASES

# The first that follows it by itself; it came with boto3 1.28.
_KNOWS_ENDPOINTS = (1, 31)


def set_up():
    if tuple(map(int, botocore.__version__.split(".")[:2])) < _KNOWS_ENDPOINTS:
        Session.create_client = _following_environment(Session.create_client)


def _following_environment(create_client):
    def create(self, service_name, region_name=None, api_version=None, use_ssl=True, verify=None, endpoint_url=None, *rest, **named):
        endpoint_url = endpoint_url or _configured_endpoint(service_name)
        return create_client(self, service_name, region_name, api_version, use_ssl, verify, endpoint_url, *rest, **named)

    return create


def _configured_endpoint(service_name):
    if os.environ.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "").lower() == "true":
        return None
    service = EVENT_ALIASES.get(service_name, service_name).replace("-", "_").upper()
    return os.environ.get(f"AWS_ENDPOINT_URL_{service}") or os.environ.get("AWS_ENDPOINT_URL")
