"""What a recorded case's requests are written with."""

import io
import itertools
import zipfile

from aws import AwsError

CASES = {}
NUMBERS = itertools.count(1)
ECHO = "def handler(event, context):\n    return event\n"


def recorded(*names):
    """Says which recorded case a function makes the requests of; with several names, each is given to it."""

    def register(drive):
        for name in names:
            CASES[name] = drive
        return drive

    return register


class Case:
    """One case: its client, and the comparison of each answer under its label."""

    def __init__(self, client, name, matching, recorded, region, account):
        self.client, self.name, self.matching, self.recorded = client, name, matching, recorded
        self.region, self.account = region, account
        self.role = f"arn:aws:iam::{account}:role/recorded"
        self.found = {}

    def __getattr__(self, operation):
        return getattr(self.client, operation)

    @property
    def parameter(self):
        """What stands in square brackets behind a case's name."""
        return self.name.partition("[")[2].rstrip("]")

    def match(self, label, answer):
        """Compares an answer with the one recorded under this label, and passes it on."""
        # The recordings lack what AWS itself failed at.
        if label in self.recorded:
            self.found[label] = self.matching.differences(self.recorded[label], answer)
        return answer

    def refused(self, label, operation, **arguments):
        """Makes a request that AWS refused."""
        self.match(label, self.error(operation, **arguments))

    def error(self, operation, **arguments):
        try:
            return {"(accepted)": self.client.call(operation, arguments)}
        except AwsError as refusal:
            return refusal.response

    def new_name(self, prefix="fn"):
        return f"{prefix}-{next(NUMBERS)}"

    def arn(self, name):
        return f"arn:aws:lambda:{self.region}:{self.account}:function:{name}"

    def settings(self, **settings):
        """Of a function that could be created."""
        return {"Handler": "index.handler", "Code": {"ZipFile": package()}, "PackageType": "Zip", "Role": self.role, "Runtime": "python3.12", **settings}

    def create(self, name, **settings):
        """Creates a function and waits until it is active; returns what creation answered."""
        created = self.client.create_function(FunctionName=name, **self.settings(**settings))
        self.client.settle(name)
        return created

    def create_usual(self, name=None, **settings):
        """Creates a function as most cases do; returns its name, and the answer in the form in which they recorded it."""
        name = name or self.new_name()
        usual = {"Handler": "handler.handler", "Timeout": 30, "Environment": {"Variables": {}}, **settings}
        created = self.client.create_function(FunctionName=name, **without(self.settings(**usual), "PackageType"))
        self.client.settle(name)
        return name, {"CreateEventSourceMappingResponse": None, "CreateFunctionResponse": created}


def package(text=ECHO):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("index.py"), text)
    return data.getvalue()


def without(dictionary, key):
    return {name: value for name, value in dictionary.items() if name != key}


def parsed(answer, key):
    """Policies and statements are text; they were recorded as what the text says."""
    import json

    return {**answer, key: json.loads(answer[key])}
