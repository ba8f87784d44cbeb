"""Versions, delete markers and locks by boto3, and listings against a plain model of them."""
import datetime
import random
import sys

from wire import client, create_bucket, refused

seed = int(sys.argv[2])
s3 = client()


def versioning(bucket, status):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": status})


def lives_of_a_key():
    B = "lives"
    create_bucket(s3, B)
    assert "Status" not in s3.get_bucket_versioning(Bucket=B)
    assert "VersionId" not in s3.put_object(Bucket=B, Key="k", Body=b"before")
    versioning(B, "Enabled")
    assert s3.head_object(Bucket=B, Key="k")["VersionId"] == "null"
    first = s3.put_object(Bucket=B, Key="k", Body=b"first")["VersionId"]
    second = s3.put_object(Bucket=B, Key="k", Body=b"second")["VersionId"]
    assert s3.get_object(Bucket=B, Key="k", VersionId="null")["Body"].read() == b"before"
    assert s3.get_object(Bucket=B, Key="k", VersionId=first)["Body"].read() == b"first"
    marker = s3.delete_object(Bucket=B, Key="k")
    assert marker["DeleteMarker"]
    gone = refused("NoSuchKey", s3.get_object, Bucket=B, Key="k")["ResponseMetadata"]["HTTPHeaders"]
    assert (gone["x-amz-delete-marker"], gone["x-amz-version-id"]) == ("true", marker["VersionId"]), gone
    refused("MethodNotAllowed", s3.get_object, Bucket=B, Key="k", VersionId=marker["VersionId"])
    assert "Contents" not in s3.list_objects_v2(Bucket=B)
    s3.delete_object(Bucket=B, Key="k", VersionId=marker["VersionId"])
    assert s3.get_object(Bucket=B, Key="k")["Body"].read() == b"second"
    s3.delete_object(Bucket=B, Key="k", VersionId=second)
    assert s3.get_object(Bucket=B, Key="k")["Body"].read() == b"first"
    copied = s3.copy_object(Bucket=B, Key="restored", CopySource={"Bucket": B, "Key": "k", "VersionId": "null"})
    assert copied["CopySourceVersionId"] == "null" and s3.get_object(Bucket=B, Key="restored")["Body"].read() == b"before"
    s3.put_object_tagging(Bucket=B, Key="k", VersionId="null", Tagging={"TagSet": [{"Key": "old", "Value": "1"}]})
    assert s3.get_object_tagging(Bucket=B, Key="k")["TagSet"] == [] and len(s3.get_object_tagging(Bucket=B, Key="k", VersionId="null")["TagSet"]) == 1
    refused("NoSuchVersion", s3.get_object, Bucket=B, Key="k", VersionId="never" + "0" * 27)
    refused("InvalidArgument", s3.get_object, Bucket=B, Key="k", VersionId="never")
    refused("BucketNotEmpty", s3.delete_bucket, Bucket=B)

    # Suspended, there is one version called null, and a marker may be it.
    versioning(B, "Suspended")
    assert s3.put_object(Bucket=B, Key="k", Body=b"after")["VersionId"] == "null"
    assert sorted(v["VersionId"] for v in s3.list_object_versions(Bucket=B, Prefix="k")["Versions"]) == sorted([first, "null"])
    assert s3.delete_object(Bucket=B, Key="k") ["VersionId"] == "null"
    assert [m["VersionId"] for m in s3.list_object_versions(Bucket=B, Prefix="k")["DeleteMarkers"]] == ["null"]
    everything = s3.list_object_versions(Bucket=B)
    entries = [{"Key": v["Key"], "VersionId": v["VersionId"]} for v in everything["Versions"] + everything["DeleteMarkers"]]
    deleted = s3.delete_objects(Bucket=B, Delete={"Objects": entries})["Deleted"]
    assert len(deleted) == len(entries) and any(d.get("DeleteMarker") for d in deleted), deleted
    s3.delete_bucket(Bucket=B)


def listings_agree_with_a_model():
    B = "modelled"
    create_bucket(s3, B)
    versioning(B, "Enabled")
    r = random.Random(seed)
    model = {}
    for i in range(150):
        key = r.choice(["a", "a/b", "a/c", "b", "b/ü", "c//d", "c"])
        versions = model.setdefault(key, [])
        if versions and r.random() < 0.25:
            version, _ = versions.pop(r.randrange(len(versions)))
            s3.delete_object(Bucket=B, Key=key, VersionId=version)
        elif r.random() < 0.25:
            versions.insert(0, (s3.delete_object(Bucket=B, Key=key)["VersionId"], None))
        else:
            body = str(i).encode()
            versions.insert(0, (s3.put_object(Bucket=B, Key=key, Body=body)["VersionId"], body))
    expected = [(key, version, body is None, n == 0) for key in sorted(model, key=str.encode) for n, (version, body) in enumerate(model[key])]
    for size in (1, 2, 3, 1000):
        pages = s3.get_paginator("list_object_versions").paginate(Bucket=B, PaginationConfig={"PageSize": size})
        listed = {(e["Key"], e["VersionId"], kind == "DeleteMarkers", e["IsLatest"]) for p in pages for kind in ("Versions", "DeleteMarkers") for e in p.get(kind, [])}
        assert listed == set(expected), (size, listed ^ set(expected))
    current = [key for key in sorted(model, key=str.encode) if model[key] and model[key][0][1] is not None]
    assert [o["Key"] for o in s3.list_objects_v2(Bucket=B).get("Contents", [])] == current
    for key in current:
        assert s3.get_object(Bucket=B, Key=key)["Body"].read() == model[key][0][1]
    rolled = s3.list_object_versions(Bucket=B, Delimiter="/")
    assert [p["Prefix"] for p in rolled["CommonPrefixes"]] == sorted({key.split("/")[0] + "/" for key in model if "/" in key and model[key]})


def locks():
    B = "locked"
    create_bucket(s3, B, ObjectLockEnabledForBucket=True)
    refused("InvalidBucketState", versioning, B, "Suspended")
    until = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)
    kept = s3.put_object(Bucket=B, Key="k", Body=b"x", ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate=until)["VersionId"]
    assert s3.head_object(Bucket=B, Key="k")["ObjectLockMode"] == "GOVERNANCE"
    refused("AccessDenied", s3.delete_object, Bucket=B, Key="k", VersionId=kept)
    assert s3.delete_objects(Bucket=B, Delete={"Objects": [{"Key": "k", "VersionId": kept}]})["Errors"][0]["Code"] == "AccessDenied"
    s3.delete_object(Bucket=B, Key="k")
    s3.delete_object(Bucket=B, Key="k", VersionId=kept, BypassGovernanceRetention=True)
    held = s3.put_object(Bucket=B, Key="held", Body=b"x", ObjectLockLegalHoldStatus="ON")["VersionId"]
    refused("AccessDenied", s3.delete_object, Bucket=B, Key="held", VersionId=held, BypassGovernanceRetention=True)
    s3.put_object_legal_hold(Bucket=B, Key="held", LegalHold={"Status": "OFF"})
    assert s3.get_object_legal_hold(Bucket=B, Key="held")["LegalHold"]["Status"] == "OFF"
    s3.put_object_retention(Bucket=B, Key="held", Retention={"Mode": "COMPLIANCE", "RetainUntilDate": until})
    refused("AccessDenied", s3.put_object_retention, Bucket=B, Key="held", BypassGovernanceRetention=True,
            Retention={"Mode": "GOVERNANCE", "RetainUntilDate": until})
    assert s3.get_object_retention(Bucket=B, Key="held")["Retention"]["Mode"] == "COMPLIANCE"
    rule = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}
    s3.put_object_lock_configuration(Bucket=B, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": rule})
    assert s3.get_object_lock_configuration(Bucket=B)["ObjectLockConfiguration"]["Rule"] == rule
    s3.put_object(Bucket=B, Key="by default", Body=b"x")
    assert s3.get_object_retention(Bucket=B, Key="by default")["Retention"]["Mode"] == "GOVERNANCE"
    create_bucket(s3, "unlocked")
    refused("ObjectLockConfigurationNotFoundError", s3.get_object_lock_configuration, Bucket="unlocked")


for step in (lives_of_a_key, listings_agree_with_a_model, locks):
    step()
