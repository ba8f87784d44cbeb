using System.Text.Json;
using Xunit;

namespace Lambray.Tests.Server.S3;

/// <summary>S3 as the clients of AWS use it.</summary>
public sealed class S3ClientTests(ResourcesServer server) : IClassFixture<ResourcesServer>
{
    [Fact]
    public async Task The_command_line_keeps_a_file_and_removes_a_bucket_with_all_that_is_in_it()
    {
        using var directory = new TemporaryDirectory();
        var (source, copy) = (Path.Combine(directory.Path, "source"), Path.Combine(directory.Path, "copy"));
        var content = new byte[300_000];
        Random.Shared.NextBytes(content);
        await File.WriteAllBytesAsync(source, content, TestContext.Current.CancellationToken);

        await Succeed("s3", "mb", "s3://command-line");
        await Succeed("s3", "cp", source, "s3://command-line/a b/ü+%.bin");
        await Succeed("s3", "cp", "s3://command-line/a b/ü+%.bin", copy);
        Assert.Equal(content, await File.ReadAllBytesAsync(copy, TestContext.Current.CancellationToken));

        var listed = JsonDocument.Parse(await Succeed("s3api", "list-objects-v2", "--bucket", "command-line"));
        Assert.Equal("a b/ü+%.bin", listed.RootElement.GetProperty("Contents")[0].GetProperty("Key").GetString());

        // Above 8 MB it uploads in parts; folders are compared by what listings say.
        var folder = Directory.CreateDirectory(Path.Combine(directory.Path, "folder")).FullName;
        content = new byte[17 * 1024 * 1024 + 3];
        Random.Shared.NextBytes(content);
        await File.WriteAllBytesAsync(Path.Combine(folder, "large"), content, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "small"), "x", TestContext.Current.CancellationToken);
        // S3 tells times in whole seconds: a file of the same second would look newer than its copy.
        foreach (var file in Directory.GetFiles(folder))
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        await Succeed("s3", "sync", folder, "s3://command-line/folder");
        Assert.Equal("", await Succeed("s3", "sync", folder, "s3://command-line/folder"));
        await Succeed("s3", "mv", "s3://command-line/folder/large", "s3://command-line/moved");
        await Succeed("s3", "cp", "s3://command-line/moved", copy);
        Assert.Equal(content, await File.ReadAllBytesAsync(copy, TestContext.Current.CancellationToken));
        var head = JsonDocument.Parse(await Succeed("s3api", "head-object", "--bucket", "command-line", "--key", "folder/small", "--checksum-mode", "ENABLED"));
        Assert.Equal(1, head.RootElement.GetProperty("ContentLength").GetInt32());
        await Succeed("s3", "rb", "s3://command-line", "--force");
        var gone = await ClientProcess.Aws(server.Address, "s3api", "get-object", "--bucket", "command-line", "--key", "x", copy);
        Assert.Contains("(NoSuchBucket)", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Boto3_gets_back_keys_bodies_and_metadata_as_it_put_them()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var outcome = await ClientProcess.Boto3(server.Address, $$"""
            import random
            r = random.Random({{seed}})
            s3 = client("s3")
            s3.create_bucket(Bucket="round-trips", CreateBucketConfiguration=dict(LocationConstraint="eu-central-1"))
            pieces = ["a", "Z", "/", "//", ".", "..", " ", "+", "%", "%2F", "?", "#", "&", "=", ":", "ü", "日", "🙂", "'", '"', "<", ">", "\\", "\t", "*", "~"]
            kept = {}
            for i in range(120):
                key = "k" + "".join(r.choice(pieces) for _ in range(r.randint(1, 12)))
                body = r.randbytes(r.choice([0, 1, 1000, 200000]))
                kept[key] = body
                s3.put_object(Bucket="round-trips", Key=key, Body=body, Metadata=dict(number=str(i)), ContentType="x/y", CacheControl="no-store")
                got = s3.get_object(Bucket="round-trips", Key=key)
                assert got["Body"].read() == body, key
                assert (got["Metadata"], got["ContentType"], got["CacheControl"]) == (dict(number=str(i)), "x/y", "no-store"), got
            for operation in ("list_objects", "list_objects_v2"):
                pages = s3.get_paginator(operation).paginate(Bucket="round-trips", PaginationConfig=dict(PageSize=7))
                listed = [o["Key"] for page in pages for o in page.get("Contents", [])]
                assert listed == sorted(kept, key=lambda k: k.encode()), operation
            deleted = s3.delete_objects(Bucket="round-trips", Delete=dict(Objects=[dict(Key=k) for k in kept]))
            assert len(deleted["Deleted"]) == len(kept)
            s3.delete_bucket(Bucket="round-trips")
            """);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }

    [Fact]
    public async Task Boto3_reads_ranges_conditions_and_presigned_addresses()
    {
        var outcome = await ClientProcess.Boto3(server.Address, """
            import urllib.request
            s3 = client("s3")
            s3.create_bucket(Bucket="reads", CreateBucketConfiguration=dict(LocationConstraint="eu-central-1"))
            tag = s3.put_object(Bucket="reads", Key="k", Body=b"0123456789")["ETag"]
            def get(**more):
                return s3.get_object(Bucket="reads", Key="k", **more)
            def refused(code, **more):
                try:
                    get(**more)
                except botocore.exceptions.ClientError as e:
                    assert e.response["Error"]["Code"] == code, e
                else:
                    raise AssertionError(code)
            part = get(Range="bytes=2-4")
            assert (part["Body"].read(), part["ContentRange"]) == (b"234", "bytes 2-4/10"), part
            assert get(Range="bytes=7-")["Body"].read() == b"789"
            assert get(Range="bytes=-3")["Body"].read() == b"789"
            assert get(Range="bytes=8-99")["Body"].read() == b"89"
            refused("InvalidRange", Range="bytes=10-")
            refused("304", IfNoneMatch=tag)
            refused("PreconditionFailed", IfMatch='"other"')
            assert get(IfMatch=tag)["Body"].read() == b"0123456789"
            address = s3.generate_presigned_url("get_object", Params=dict(Bucket="reads", Key="k", ResponseContentType="a/b"))
            with urllib.request.urlopen(address) as answer:
                assert (answer.read(), answer.headers["Content-Type"]) == (b"0123456789", "a/b")
            s3.copy_object(Bucket="reads", Key="copy", CopySource=dict(Bucket="reads", Key="k"))
            assert s3.get_object(Bucket="reads", Key="copy")["Body"].read() == b"0123456789"
            """);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }

    async Task<string> Succeed(params string[] arguments) => (await ClientProcess.Aws(server.Address, arguments)).Succeeded;
}
