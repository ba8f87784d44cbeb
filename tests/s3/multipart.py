"""Uploads in parts by boto3: by hand, by the transfer manager, and what is refused."""
import base64
import hashlib
import io
import os
import zlib

from boto3.s3.transfer import TransferConfig
from wire import client, create_bucket, refused

B = "parts"
MB = 1024 * 1024
s3 = client()
create_bucket(s3, B)
big, small = os.urandom(5 * MB), os.urandom(1000)


def md5(data):
    return hashlib.md5(data)


def begin(key, **more):
    return dict(Bucket=B, Key=key, UploadId=s3.create_multipart_upload(Bucket=B, Key=key, **more)["UploadId"])


def finish(upload, *parts, **more):
    return s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": [dict(PartNumber=n, ETag=tag, **rest) for n, tag, rest in parts]}, **more)


def by_hand():
    upload = begin("by hand", ContentType="a/b", Metadata={"m": "1"}, Tagging="t=1")
    first = s3.upload_part(**upload, PartNumber=2, Body=big)["ETag"]
    s3.upload_part(**upload, PartNumber=3, Body=b"replaced later")
    last = s3.upload_part(**upload, PartNumber=7, Body=small)["ETag"]
    s3.upload_part(**upload, PartNumber=9, Body=b"left out")
    assert s3.upload_part(**upload, PartNumber=3, Body=big)["ETag"] == first
    assert first == f'"{md5(big).hexdigest()}"'
    refused("NoSuchKey", s3.get_object, Bucket=B, Key="by hand")
    listed = [p["PartNumber"] for page in s3.get_paginator("list_parts").paginate(**upload, PaginationConfig={"PageSize": 3}) for p in page["Parts"]]
    assert listed == [2, 3, 7, 9], listed
    assert [u["Key"] for u in s3.list_multipart_uploads(Bucket=B)["Uploads"]] == ["by hand"]
    refused("InvalidPartOrder", finish, upload, (3, first, {}), (2, first, {}))
    refused("InvalidPart", finish, upload, (2, last, {}))
    refused("InvalidPart", finish, upload, (4, last, {}))
    refused("EntityTooSmall", finish, upload, (2, first, {}), (7, last, {}), (9, s3.list_parts(**upload)["Parts"][3]["ETag"], {}))
    tag = finish(upload, (2, first, {}), (3, first, {}), (7, last, {}))["ETag"]
    assert tag == '"%s-3"' % md5(md5(big).digest() * 2 + md5(small).digest()).hexdigest()
    # The answer may have got lost.
    assert finish(upload, (2, first, {}), (3, first, {}), (7, last, {}))["ETag"] == tag
    refused("NoSuchUpload", s3.upload_part, **upload, PartNumber=1, Body=b"late")
    got = s3.get_object(Bucket=B, Key="by hand")
    assert got["Body"].read() == big + big + small and (got["ContentType"], got["Metadata"], got["TagCount"], got["ETag"]) == ("a/b", {"m": "1"}, 1, tag)
    # A range over the seams, and parts by their numbers.
    middle = s3.get_object(Bucket=B, Key="by hand", Range=f"bytes={5 * MB - 10}-{10 * MB + 9}")["Body"].read()
    assert middle == (big + big + small)[5 * MB - 10:10 * MB + 10]
    part = s3.get_object(Bucket=B, Key="by hand", PartNumber=7)
    assert (part["Body"].read(), part["PartsCount"], part["ContentRange"]) == (small, 3, f"bytes {10 * MB}-{10 * MB + 999}/{10 * MB + 1000}"), part
    refused("InvalidPartNumber", s3.get_object, Bucket=B, Key="by hand", PartNumber=4)
    s3.copy_object(Bucket=B, Key="copied", CopySource={"Bucket": B, "Key": "by hand"})
    assert s3.head_object(Bucket=B, Key="copied")["ETag"] == f'"{md5(big + big + small).hexdigest()}"'


def aborted():
    upload = begin("aborted")
    s3.upload_part(**upload, PartNumber=1, Body=b"x")
    s3.abort_multipart_upload(**upload)
    refused("NoSuchUpload", s3.abort_multipart_upload, **upload)
    refused("NoSuchUpload", s3.list_parts, **upload)
    refused("NoSuchKey", s3.get_object, Bucket=B, Key="aborted")


def copied_parts():
    s3.put_object(Bucket=B, Key="source", Body=big + small)
    upload = begin("of copies")
    source = {"Bucket": B, "Key": "source"}
    first = s3.upload_part_copy(**upload, PartNumber=1, CopySource=source)["CopyPartResult"]["ETag"]
    last = s3.upload_part_copy(**upload, PartNumber=2, CopySource=source, CopySourceRange="bytes=10-19")["CopyPartResult"]["ETag"]
    refused("InvalidArgument", s3.upload_part_copy, **upload, PartNumber=3, CopySource=source, CopySourceRange="bytes=10-")
    finish(upload, (1, first, {}), (2, last, {}))
    assert s3.get_object(Bucket=B, Key="of copies")["Body"].read() == big + small + big[10:20]


def composite_checksums():
    upload = begin("composite", ChecksumAlgorithm="SHA256")
    digests = [hashlib.sha256(data).digest() for data in (big, small)]
    sums = [base64.b64encode(digest).decode() for digest in digests]
    tags = [s3.upload_part(**upload, PartNumber=n + 1, Body=data, ChecksumAlgorithm="SHA256")["ETag"] for n, data in enumerate((big, small))]
    refused("InvalidRequest", s3.upload_part, **upload, PartNumber=3, Body=b"x", ChecksumAlgorithm="CRC32")
    refused("InvalidRequest", finish, upload, (1, tags[0], {}), (2, tags[1], {}))
    refused("InvalidPart", finish, upload, (1, tags[0], {"ChecksumSHA256": sums[1]}), (2, tags[1], {"ChecksumSHA256": sums[1]}))
    done = finish(upload, *[(n + 1, tags[n], {"ChecksumSHA256": sums[n]}) for n in range(2)])
    expected = base64.b64encode(hashlib.sha256(b"".join(digests)).digest()).decode() + "-2"
    assert done["ChecksumSHA256"] == expected, done
    assert s3.head_object(Bucket=B, Key="composite", ChecksumMode="ENABLED")["ChecksumSHA256"] == expected
    attributes = s3.get_object_attributes(Bucket=B, Key="composite", ObjectAttributes=["ObjectParts", "Checksum"], MaxParts=1)
    parts = attributes["ObjectParts"]
    assert (parts["TotalPartsCount"], parts["IsTruncated"], parts["Parts"][0]["ChecksumSHA256"], parts["Parts"][0]["Size"]) == (2, True, sums[0], 5 * MB), attributes
    assert s3.get_object(Bucket=B, Key="composite", PartNumber=2, ChecksumMode="ENABLED")["Body"].read() == small


def whole_checksums():
    """What boto3 of this age cannot ask for, by headers of its own."""
    whole = client()
    add = {"CreateMultipartUpload": {"x-amz-checksum-algorithm": "CRC32", "x-amz-checksum-type": "FULL_OBJECT"}, "CompleteMultipartUpload": {}}

    def write(request, operation_name, **_):
        for name, value in add.get(operation_name, {}).items():
            request.headers[name] = value
    whole.meta.events.register("before-sign.s3", write)
    upload = dict(Bucket=B, Key="whole", UploadId=whole.create_multipart_upload(Bucket=B, Key="whole")["UploadId"])
    tags = [whole.upload_part(**upload, PartNumber=n + 1, Body=data)["ETag"] for n, data in enumerate((big, small))]

    def finish_whole():
        return whole.complete_multipart_upload(**upload, MultipartUpload={"Parts": [{"PartNumber": n + 1, "ETag": tag} for n, tag in enumerate(tags)]})
    crc = base64.b64encode(zlib.crc32(big + small).to_bytes(4, "big")).decode()
    add["CompleteMultipartUpload"] = {"x-amz-checksum-crc32": "AAAAAA=="}
    refused("BadDigest", finish_whole)
    add["CompleteMultipartUpload"] = {"x-amz-checksum-crc32": crc, "x-amz-checksum-type": "COMPOSITE"}
    refused("InvalidRequest", finish_whole)
    add["CompleteMultipartUpload"] = {"x-amz-checksum-crc32": crc, "x-amz-mp-object-size": "5"}
    refused("InvalidRequest", finish_whole)
    add["CompleteMultipartUpload"] = {"x-amz-checksum-crc32": crc, "x-amz-mp-object-size": str(len(big + small))}
    assert finish_whole()["ChecksumCRC32"] == crc
    assert s3.get_object(Bucket=B, Key="whole", ChecksumMode="ENABLED")["Body"].read() == big + small


def listings():
    keys = ["l/a", "l/a", "l/b/1", "l/b/2", "l/c"]
    uploads = [begin(key) for key in keys]
    page, seen, more = {}, [], True
    while more:
        got = s3.list_multipart_uploads(Bucket=B, Prefix="l/", MaxUploads=1, **page)
        seen += [(u["Key"], u["UploadId"]) for u in got.get("Uploads", [])]
        more, page = got["IsTruncated"], {"KeyMarker": got.get("NextKeyMarker"), "UploadIdMarker": got.get("NextUploadIdMarker")}
    assert sorted(seen) == sorted((u["Key"], u["UploadId"]) for u in uploads), seen
    rolled = s3.list_multipart_uploads(Bucket=B, Prefix="l/", Delimiter="/")
    assert ([p["Prefix"] for p in rolled["CommonPrefixes"]], [u["Key"] for u in rolled["Uploads"]]) == (["l/b/"], ["l/a", "l/a", "l/c"])
    for upload in uploads:
        s3.abort_multipart_upload(**upload)


def transfer_manager():
    content = os.urandom(23 * MB + 17)
    config = TransferConfig(multipart_threshold=8 * MB, multipart_chunksize=6 * MB, max_concurrency=4)
    s3.upload_fileobj(io.BytesIO(content), B, "transferred", Config=config, ExtraArgs={"ContentType": "x/y", "ChecksumAlgorithm": "SHA1"})
    back = io.BytesIO()
    s3.download_fileobj(B, "transferred", back, Config=config)
    assert back.getvalue() == content and s3.head_object(Bucket=B, Key="transferred")["ETag"].endswith('-4"')
    s3.copy({"Bucket": B, "Key": "transferred"}, B, "transferred too", Config=config)
    back = io.BytesIO()
    s3.download_fileobj(B, "transferred too", back, Config=config)
    assert back.getvalue() == content


def left_behind():
    """A bucket is deleted with the uploads that were begun in it."""
    create_bucket(s3, "parts-left")
    upload = s3.create_multipart_upload(Bucket="parts-left", Key="k")["UploadId"]
    s3.upload_part(Bucket="parts-left", Key="k", UploadId=upload, PartNumber=1, Body=b"x")
    s3.delete_bucket(Bucket="parts-left")
    refused("NoSuchBucket", s3.list_parts, Bucket="parts-left", Key="k", UploadId=upload)


for step in (by_hand, aborted, copied_parts, composite_checksums, whole_checksums, listings, transfer_manager, left_behind):
    step()
