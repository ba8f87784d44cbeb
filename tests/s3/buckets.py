"""What applications and infrastructure tools set for buckets, by boto3: as a new bucket has it, put, told back, deleted."""
import json

from wire import REGION, client, create_bucket, refused

B = "settings"
s3 = client()
create_bucket(s3, B)


def round_trip(name, argument, value, missing, get=None, delete=None, result=None):
    get, delete = get or f"get_{name}", delete or f"delete_{name}"
    if missing:
        refused(missing, getattr(s3, get), Bucket=B)
    getattr(s3, f"put_{name}")(Bucket=B, **{argument: value})
    got = getattr(s3, get)(Bucket=B)
    got = got[result] if result else {key: got[key] for key in value}
    assert got == value, (name, got)
    getattr(s3, delete)(Bucket=B)
    if missing:
        refused(missing, getattr(s3, get), Bucket=B)


tags = {"TagSet": [{"Key": "team", "Value": "a"}]}
round_trip("bucket_tagging", "Tagging", tags, "NoSuchTagSet")
lifecycle = {"Rules": [{"ID": "old", "Filter": {"Prefix": "logs/"}, "Status": "Enabled", "Expiration": {"Days": 3}}]}
round_trip("bucket_lifecycle_configuration", "LifecycleConfiguration", lifecycle, "NoSuchLifecycleConfiguration", delete="delete_bucket_lifecycle")
website = {"IndexDocument": {"Suffix": "index.html"}, "ErrorDocument": {"Key": "error.html"}}
round_trip("bucket_website", "WebsiteConfiguration", website, "NoSuchWebsiteConfiguration")
replication = {"Role": "arn:aws:iam::123456789012:role/r", "Rules": [
    {"ID": "all", "Priority": 1, "Filter": {"Prefix": ""}, "Status": "Enabled", "Destination": {"Bucket": "arn:aws:s3:::other"}, "DeleteMarkerReplication": {"Status": "Disabled"}}]}
round_trip("bucket_replication", "ReplicationConfiguration", replication, "ReplicationConfigurationNotFoundError", result="ReplicationConfiguration")

assert s3.get_bucket_encryption(Bucket=B)["ServerSideEncryptionConfiguration"]["Rules"][0]["ApplyServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
encryption = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "k"}, "BucketKeyEnabled": True}]}
round_trip("bucket_encryption", "ServerSideEncryptionConfiguration", encryption, None, result="ServerSideEncryptionConfiguration")
block = s3.get_public_access_block(Bucket=B)["PublicAccessBlockConfiguration"]
assert set(block.values()) == {True}, block

public = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{B}/*"}]})
refused("NoSuchBucketPolicy", s3.get_bucket_policy, Bucket=B)
refused("AccessDenied", s3.put_bucket_policy, Bucket=B, Policy=public)
s3.delete_public_access_block(Bucket=B)
refused("NoSuchPublicAccessBlockConfiguration", s3.get_public_access_block, Bucket=B)
s3.put_bucket_policy(Bucket=B, Policy=public)
assert s3.get_bucket_policy(Bucket=B)["Policy"] == public and s3.get_bucket_policy_status(Bucket=B)["PolicyStatus"]["IsPublic"]
refused("MalformedPolicy", s3.put_bucket_policy, Bucket=B, Policy="{}")
refused("MalformedPolicy", s3.put_bucket_policy, Bucket=B, Policy=public.replace(B, "other"))
s3.delete_bucket_policy(Bucket=B)
refused("NoSuchBucketPolicy", s3.get_bucket_policy_status, Bucket=B)
s3.put_public_access_block(Bucket=B, PublicAccessBlockConfiguration={"BlockPublicAcls": True})
assert s3.get_public_access_block(Bucket=B)["PublicAccessBlockConfiguration"] == {
    "BlockPublicAcls": True, "IgnorePublicAcls": False, "BlockPublicPolicy": False, "RestrictPublicBuckets": False}

assert s3.get_bucket_ownership_controls(Bucket=B)["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]
s3.delete_bucket_ownership_controls(Bucket=B)
refused("OwnershipControlsNotFoundError", s3.get_bucket_ownership_controls, Bucket=B)
assert "LoggingEnabled" not in s3.get_bucket_logging(Bucket=B)
s3.put_bucket_logging(Bucket=B, BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": B, "TargetPrefix": "log/"}})
assert s3.get_bucket_logging(Bucket=B)["LoggingEnabled"] == {"TargetBucket": B, "TargetPrefix": "log/"}
assert s3.get_bucket_request_payment(Bucket=B)["Payer"] == "BucketOwner"
s3.put_bucket_request_payment(Bucket=B, RequestPaymentConfiguration={"Payer": "Requester"})
assert s3.get_bucket_request_payment(Bucket=B)["Payer"] == "Requester"
s3.put_bucket_accelerate_configuration(Bucket=B, AccelerateConfiguration={"Status": "Enabled"})
assert s3.get_bucket_accelerate_configuration(Bucket=B)["Status"] == "Enabled"

for name in ("a", "b"):
    s3.put_bucket_metrics_configuration(Bucket=B, Id=name, MetricsConfiguration={"Id": name, "Filter": {"Prefix": name}})
assert [m["Id"] for m in s3.list_bucket_metrics_configurations(Bucket=B)["MetricsConfigurationList"]] == ["a", "b"]
assert s3.get_bucket_metrics_configuration(Bucket=B, Id="b")["MetricsConfiguration"]["Filter"] == {"Prefix": "b"}
s3.delete_bucket_metrics_configuration(Bucket=B, Id="b")
refused("NoSuchConfiguration", s3.get_bucket_metrics_configuration, Bucket=B, Id="b")
inventory = {"Id": "i", "IsEnabled": True, "IncludedObjectVersions": "All", "Schedule": {"Frequency": "Daily"},
             "Destination": {"S3BucketDestination": {"Bucket": "arn:aws:s3:::other", "Format": "CSV"}}}
s3.put_bucket_inventory_configuration(Bucket=B, Id="i", InventoryConfiguration=inventory)
assert s3.get_bucket_inventory_configuration(Bucket=B, Id="i")["InventoryConfiguration"] == inventory
s3.put_bucket_analytics_configuration(Bucket=B, Id="n", AnalyticsConfiguration={"Id": "n", "StorageClassAnalysis": {}})
assert s3.list_bucket_analytics_configurations(Bucket=B)["AnalyticsConfigurationList"][0]["Id"] == "n"
s3.put_bucket_intelligent_tiering_configuration(Bucket=B, Id="t", IntelligentTieringConfiguration={
    "Id": "t", "Status": "Enabled", "Tierings": [{"Days": 90, "AccessTier": "ARCHIVE_ACCESS"}]})
assert s3.get_bucket_intelligent_tiering_configuration(Bucket=B, Id="t")["IntelligentTieringConfiguration"]["Tierings"][0]["Days"] == 90

refused("InvalidBucketAclWithObjectOwnership", create_bucket, s3, "with-acl", ACL="public-read")
create_bucket(s3, "with-acl", ACL="public-read", ObjectOwnership="BucketOwnerPreferred")
assert len(s3.get_bucket_acl(Bucket="with-acl")["Grants"]) == 2
assert s3.get_bucket_location(Bucket=B)["LocationConstraint"] == REGION
refused("NoSuchBucket", s3.get_bucket_cors, Bucket="never-there")
# What is set goes with the bucket.
s3.delete_bucket(Bucket=B)
create_bucket(s3, B)
refused("NoSuchLifecycleConfiguration", s3.get_bucket_lifecycle_configuration, Bucket=B)
