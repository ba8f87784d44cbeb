"""Compares an answer with one that was recorded."""

import re

ANYTHING = {"date", "datetime", "lambda-url"}
NAME = re.compile(r"<([^<>\n]{1,60})>")
# Names that stand for one value throughout a case; the others stand for anything.
SAME = re.compile(r"^(uuid|resource|function-name|code-sha256):\d+$")


class Matching:
    """One case's answers, and what its names in angle brackets turned out to be."""

    def __init__(self, region, account):
        self.fixed = {"<partition>": "aws", "<region>": region, "111111111111": account}
        self.values = {}

    def differences(self, recorded, answered, path=""):
        """Where the two differ, one text each; empty when they agree."""
        if isinstance(recorded, dict) and isinstance(answered, dict):
            recorded = {key: value for key, value in recorded.items() if key not in ("HTTPHeaders", "RequestId", "RetryAttempts")}
            missing = [f"{path}/{key}: missing, AWS has {short(recorded[key])}" for key in recorded.keys() - answered.keys()]
            more = [f"{path}/{key}: {short(answered[key])}, which AWS does not have" for key in answered.keys() - recorded.keys()]
            # Revisions last: a list or a policy may tell first which function they belong to.
            shared = [key for key in recorded if key in answered]
            return missing + more + [found for key in shared for found in self.differences(recorded[key], answered[key], f"{path}/{key}")]
        if isinstance(recorded, list) and isinstance(answered, list):
            if len(recorded) != len(answered):
                return [f"{path}: {len(answered)} items, AWS has {len(recorded)}"]
            return [found for index, (one, other) in enumerate(zip(recorded, answered)) for found in self.differences(one, other, f"{path}[{index}]")]
        if isinstance(recorded, str) and not isinstance(answered, (dict, list)):
            return [] if self.fits(recorded, answered) else [f"{path}: {short(answered)}, AWS has {short(recorded)}"]
        return [] if recorded == answered and type(recorded) is type(answered) else [f"{path}: {short(answered)}, AWS has {short(recorded)}"]

    def fits(self, recorded, answered):
        if recorded in ANYTHING:
            return answered is not None
        if recorded == answered:
            return True
        for name, value in self.fixed.items():
            recorded = recorded.replace(name, value)
        names = NAME.findall(recorded)
        pattern = "".join(re.escape(part) if index % 2 == 0 else "(.+?)" for index, part in enumerate(NAME.split(recorded)))
        found = re.fullmatch(pattern, str(answered), re.DOTALL)
        return found is not None and (bool(names) or isinstance(answered, str)) and self.learn(names, found.groups())

    def learn(self, names, values):
        for name, value in zip(names, values):
            if SAME.match(name):
                kind = name.split(":")[0]
                if self.values.setdefault(name, value) != value:
                    return False
                # Two revisions are two values; two resources may happen to be of one name.
                if kind == "uuid" and any(other != name and other.startswith("uuid:") and known == value for other, known in self.values.items()):
                    return False
        return True


def short(value):
    text = repr(value)
    return text if len(text) <= 300 else text[:300] + "…"
