"""Objects by boto3: conditions, copies, tags, headers, attributes, presigned addresses, forms, browsers' questions."""
import io
import datetime
import urllib.error
import urllib.request

from wire import client, create_bucket, refused

B = "objects"
s3 = client()
create_bucket(s3, B)


def conditional_writes():
    tag = s3.put_object(Bucket=B, Key="once", Body=b"one")["ETag"]

    def put_with(**headers):
        def add(request, **_):
            for name, value in headers.items():
                request.headers[name.replace("_", "-")] = value
        conditional = client()
        conditional.meta.events.register("before-sign.s3.PutObject", add)
        return conditional.put_object(Bucket=B, Key=headers.pop("key", "once"), Body=b"two")
    refused("PreconditionFailed", put_with, If_None_Match="*")
    refused("PreconditionFailed", put_with, If_Match='"other"')
    refused("NoSuchKey", put_with, If_Match=tag, key="never")
    put_with(If_Match=tag)
    assert s3.get_object(Bucket=B, Key="once")["Body"].read() == b"two"


def headers_and_metadata():
    written = dict(
        ContentType="text/plain", CacheControl="no-cache", ContentDisposition="attachment", ContentEncoding="identity", ContentLanguage="de",
        Expires=datetime.datetime(2030, 1, 1, tzinfo=datetime.timezone.utc), WebsiteRedirectLocation="/elsewhere", StorageClass="STANDARD_IA",
        ServerSideEncryption="AES256", Metadata={"colour": "blue"})
    put = s3.put_object(Bucket=B, Key="described", Body=b"x", Tagging="a=1&b=2", **written)
    assert put["ServerSideEncryption"] == "AES256", put
    head = s3.head_object(Bucket=B, Key="described")
    for name, value in written.items():
        assert head[name] == value, (name, head)
    assert s3.get_object(Bucket=B, Key="described")["TagCount"] == 2
    assert [o["StorageClass"] for o in s3.list_objects_v2(Bucket=B, Prefix="described")["Contents"]] == ["STANDARD_IA"]
    refused("InvalidStorageClass", s3.put_object, Bucket=B, Key="k", StorageClass="CELLAR")


def tags():
    s3.put_object(Bucket=B, Key="tagged", Body=b"x")
    s3.put_object_tagging(Bucket=B, Key="tagged", Tagging={"TagSet": [{"Key": "k", "Value": "v"}, {"Key": "k2", "Value": ""}]})
    assert s3.get_object_tagging(Bucket=B, Key="tagged")["TagSet"] == [{"Key": "k", "Value": "v"}, {"Key": "k2", "Value": ""}]
    refused("InvalidTag", s3.put_object_tagging, Bucket=B, Key="tagged", Tagging={"TagSet": [{"Key": "k", "Value": "1"}, {"Key": "k", "Value": "2"}]})
    refused("BadRequest", s3.put_object_tagging, Bucket=B, Key="tagged", Tagging={"TagSet": [{"Key": str(i), "Value": ""} for i in range(11)]})
    s3.delete_object_tagging(Bucket=B, Key="tagged")
    assert s3.get_object_tagging(Bucket=B, Key="tagged")["TagSet"] == []
    refused("NoSuchKey", s3.get_object_tagging, Bucket=B, Key="never")


def copies():
    s3.put_object(Bucket=B, Key="from ü", Body=b"copied", ContentType="a/b", Metadata={"m": "1"}, Tagging="t=1", StorageClass="GLACIER_IR")
    source = {"Bucket": B, "Key": "from ü"}
    tag = s3.copy_object(Bucket=B, Key="to", CopySource=source, ChecksumAlgorithm="SHA256")["CopyObjectResult"]["ETag"]
    to = s3.get_object(Bucket=B, Key="to", ChecksumMode="ENABLED")
    assert (to["Body"].read(), to["ContentType"], to["Metadata"], to["TagCount"]) == (b"copied", "a/b", {"m": "1"}, 1), to
    assert to["ETag"] == tag and "StorageClass" not in to and len(to["ChecksumSHA256"]) == 44, to
    s3.copy_object(Bucket=B, Key="to", CopySource=source, MetadataDirective="REPLACE", TaggingDirective="REPLACE", Tagging="n=2", Metadata={"m": "2"}, ContentType="c/d")
    to = s3.get_object(Bucket=B, Key="to")
    assert (to["Body"].read(), to["ContentType"], to["Metadata"]) == (b"copied", "c/d", {"m": "2"}), to
    assert s3.get_object_tagging(Bucket=B, Key="to")["TagSet"] == [{"Key": "n", "Value": "2"}]
    refused("InvalidRequest", s3.copy_object, Bucket=B, Key="to", CopySource={"Bucket": B, "Key": "to"})
    s3.copy_object(Bucket=B, Key="to", CopySource={"Bucket": B, "Key": "to"}, StorageClass="STANDARD_IA")
    refused("PreconditionFailed", s3.copy_object, Bucket=B, Key="x", CopySource=source, CopySourceIfMatch='"other"')
    refused("PreconditionFailed", s3.copy_object, Bucket=B, Key="x", CopySource=source, CopySourceIfNoneMatch=tag)
    refused("NoSuchKey", s3.copy_object, Bucket=B, Key="x", CopySource={"Bucket": B, "Key": "never"})
    refused("NoSuchBucket", s3.copy_object, Bucket=B, Key="x", CopySource={"Bucket": "never-there", "Key": "k"})
    # The copy shares its bytes with the source, and outlives it.
    s3.delete_object(Bucket=B, Key="from ü")
    assert s3.get_object(Bucket=B, Key="to")["Body"].read() == b"copied"


def attributes():
    s3.put_object(Bucket=B, Key="attributes", Body=b"hello", ChecksumAlgorithm="CRC32C")
    got = s3.get_object_attributes(Bucket=B, Key="attributes", ObjectAttributes=["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"])
    assert got["ETag"] == "5d41402abc4b2a76b9719d911017c592" and got["Checksum"]["ChecksumCRC32C"] == "mnG7TA==", got
    assert (got["ObjectSize"], got["StorageClass"], "ObjectParts" in got) == (5, "STANDARD", False), got


def acls():
    s3.put_object(Bucket=B, Key="acl", Body=b"x")
    assert s3.get_object_acl(Bucket=B, Key="acl")["Grants"][0]["Permission"] == "FULL_CONTROL"
    refused("AccessControlListNotSupported", s3.put_object_acl, Bucket=B, Key="acl", ACL="public-read")
    refused("AccessControlListNotSupported", s3.put_object, Bucket=B, Key="acl", ACL="public-read")
    s3.put_bucket_ownership_controls(Bucket=B, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]})
    s3.put_object_acl(Bucket=B, Key="acl", ACL="public-read")
    grants = s3.get_object_acl(Bucket=B, Key="acl")["Grants"]
    assert [(g["Grantee"]["Type"], g["Permission"]) for g in grants] == [("CanonicalUser", "FULL_CONTROL"), ("Group", "READ")], grants
    s3.put_object_acl(Bucket=B, Key="acl", AccessControlPolicy={"Owner": s3.get_object_acl(Bucket=B, Key="acl")["Owner"], "Grants": grants[1:]})
    assert s3.get_object_acl(Bucket=B, Key="acl")["Grants"] == grants[1:]
    s3.put_bucket_acl(Bucket=B, GrantRead='uri="http://acs.amazonaws.com/groups/global/AllUsers"')
    assert s3.get_bucket_acl(Bucket=B)["Grants"][0]["Permission"] == "READ"


def presigned():
    signing = client(signature_version="s3v4")
    put = signing.generate_presigned_url("put_object", Params={"Bucket": B, "Key": "signed", "Metadata": {"by": "url"}}, ExpiresIn=60)
    request = urllib.request.Request(put, data=b"by address", method="PUT", headers={"x-amz-meta-by": "url", "Content-Type": "x/y"})
    assert urllib.request.urlopen(request).status == 200
    got = s3.get_object(Bucket=B, Key="signed")
    assert (got["Body"].read(), got["Metadata"], got["ContentType"]) == (b"by address", {"by": "url"}, "x/y"), got
    overridden = signing.generate_presigned_url("get_object", Params={
        "Bucket": B, "Key": "signed", "ResponseContentType": "z/z", "ResponseContentDisposition": "inline", "ResponseCacheControl": "private"})
    with urllib.request.urlopen(overridden) as answer:
        assert [answer.headers[n] for n in ("Content-Type", "Content-Disposition", "Cache-Control")] == ["z/z", "inline", "private"]
    for version in ("s3v4", "s3"):
        late = client(signature_version=version).generate_presigned_url("get_object", Params={"Bucket": B, "Key": "signed"}, ExpiresIn=-10 if version == "s3" else 1)
        if version == "s3v4":
            late = late.replace(late[late.index("X-Amz-Date=") + 11:][:16], "20200101T000000Z")
        assert (403, "AccessDenied") == status_of(late), late
    assert (400, "AuthorizationQueryParametersError") == status_of(overridden.replace("X-Amz-Expires=3600", "X-Amz-Expires=604801"))


def status_of(address, **more):
    try:
        with urllib.request.urlopen(urllib.request.Request(address, **more)) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as error:
        body = error.read().decode()
        return error.code, body.split("<Code>")[1].split("</Code>")[0] if "<Code>" in body else ""


def forms():
    post = s3.generate_presigned_post(B, "forms/${filename}", Fields={"success_action_status": "201", "x-amz-meta-from": "form", "Content-Type": "t/t"}, Conditions=[
        {"success_action_status": "201"}, ["starts-with", "$x-amz-meta-from", "fo"], ["starts-with", "$key", "forms/"], ["content-length-range", 1, 10],
        {"Content-Type": "t/t"}])

    def send(content, **changed):
        fields = {**post["fields"], **changed}
        edge = "edge-of-the-form"
        body = b"".join(f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in fields.items())
        body += f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'.encode() + content + f"\r\n--{edge}--\r\n".encode()
        return status_of(post["url"], data=body, headers={"Content-Type": f"multipart/form-data; boundary={edge}"})
    assert send(b"by form") == (201, "")
    got = s3.get_object(Bucket=B, Key="forms/a.txt")
    assert (got["Body"].read(), got["Metadata"], got["ContentType"]) == (b"by form", {"from": "form"}, "t/t"), got
    assert send(b"more than ten bytes") == (400, "EntityTooLarge")
    assert send(b"x", key="other/a.txt") == (403, "AccessDenied")
    assert send(b"x", **{"x-amz-meta-more": "1"}) == (403, "AccessDenied")


def browsers():
    address = f"{s3.meta.endpoint_url.rstrip('/')}/{B}/acl"
    ask = {"Origin": "https://page.example", "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "X-Thing"}
    assert status_of(address, method="OPTIONS", headers=ask) == (403, "AccessForbidden")
    rule = {"AllowedOrigins": ["https://*.example"], "AllowedMethods": ["GET", "PUT"], "AllowedHeaders": ["x-*"], "ExposeHeaders": ["ETag"], "MaxAgeSeconds": 60}
    s3.put_bucket_cors(Bucket=B, CORSConfiguration={"CORSRules": [rule]})
    assert s3.get_bucket_cors(Bucket=B)["CORSRules"] == [rule]
    with urllib.request.urlopen(urllib.request.Request(address, method="OPTIONS", headers=ask)) as answer:
        assert answer.headers["Access-Control-Allow-Origin"] == "https://page.example" and answer.headers["Access-Control-Allow-Headers"] == "x-thing"
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Origin": "https://page.example"})) as answer:
        assert answer.headers["Access-Control-Expose-Headers"] == "ETag"
    assert status_of(address, method="OPTIONS", headers={**ask, "Origin": "https://other.test"}) == (403, "AccessForbidden")
    refused("InvalidRequest", s3.put_bucket_cors, Bucket=B, CORSConfiguration={"CORSRules": [{**rule, "AllowedMethods": ["BREW"]}]})
    s3.delete_bucket_cors(Bucket=B)
    refused("NoSuchCORSConfiguration", s3.get_bucket_cors, Bucket=B)


def checksums():
    for algorithm in ("CRC32", "CRC32C", "SHA1", "SHA256"):
        put = s3.put_object(Bucket=B, Key="sum", Body=io.BytesIO(b"hello"), ChecksumAlgorithm=algorithm)
        got = s3.get_object(Bucket=B, Key="sum", ChecksumMode="ENABLED")
        assert put["Checksum" + algorithm] == got["Checksum" + algorithm] and got["Body"].read() == b"hello", got
    refused("BadDigest", s3.put_object, Bucket=B, Key="sum", Body=b"hello", ChecksumSHA256="A" * 43 + "=")
    refused("InvalidRequest", s3.put_object, Bucket=B, Key="sum", Body=b"hello", ChecksumSHA256="A" * 43 + "=", ChecksumCRC32="AAAAAA==")


def owners():
    s3.head_bucket(Bucket=B, ExpectedBucketOwner="123456789012")
    refused("AccessDenied", s3.list_objects_v2, Bucket=B, ExpectedBucketOwner="999999999999")


for part in (conditional_writes, headers_and_metadata, tags, copies, attributes, acls, presigned, forms, browsers, checksums, owners):
    part()
