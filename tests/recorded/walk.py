"""Walks the recorded cases against a server: `walk.py ENDPOINT`."""

import importlib
import json
import pathlib
import sys

from aws import AwsError, Lambda
from known_differences import KNOWN
from matching import Matching
from case import CASES, Case

HERE = pathlib.Path(__file__).parent


def main(endpoint, only=""):
    for module in sorted(path.stem for path in (HERE / "cases").glob("*.py")):
        importlib.import_module(f"cases.{module}")
    recordings = json.loads((HERE / "lambda_api.json").read_text())
    client = Lambda(endpoint)
    region, account = client.create_code_signing_config(AllowedPublishers={"SigningProfileVersionArns": ["arn:aws:signer:us-east-1:111111111111:/x/y"]})[
        "CodeSigningConfig"]["CodeSigningConfigArn"].split(":")[3:5]
    agreeing, answers, whole, unexpected = 0, 0, 0, []
    walked = {name: drive for name, drive in CASES.items() if only in name}
    for name, drive in walked.items():
        recorded = recordings[name]
        found = walk(Case(client, name, Matching(region, account), recorded, region, account), drive)
        for label in recorded:
            answers += 1
            differences = found.get(label, ["was not asked for"])
            agreeing += not differences
            if differences and f"{name} {label}" not in KNOWN:
                unexpected += [f"{name} {label}"] + [f"    {difference}" for difference in differences]
        whole += all(not found.get(label, [True]) for label in recorded)
    print(f"{agreeing} of {answers} answers in {len(walked)} cases are those of AWS; {whole} cases agree as a whole.")
    print(f"{len(recordings) - len(walked)} recorded cases were not walked; {len(KNOWN)} answers may differ.")
    print("\n".join(unexpected))
    return 1 if unexpected else 0


def walk(case, drive):
    try:
        drive(case)
    except AwsError as error:
        case.found.setdefault("(ended early)", [str(error)])
        for label in case.recorded:
            case.found.setdefault(label, [f"not reached: {error}"])
    return case.found


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
