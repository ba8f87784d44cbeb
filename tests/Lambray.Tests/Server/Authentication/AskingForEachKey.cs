using Xunit;

namespace Lambray.Tests.Server.Authentication;

/// <summary>Requests that name keys in their bodies, which policies allow one by one: deletions of several objects, and browsers' forms.</summary>
public sealed class AskingForEachKey(SignedServer server) : IClassFixture<SignedServer>
{
    [Fact]
    public async Task Deletions_and_forms_need_what_their_keys_need()
    {
        var clerk = await server.NewUserAsync("clerk", """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Action":["s3:DeleteObject","s3:PutObject"],"Resource":"arn:aws:s3:::desk/mine/*"},
              {"Effect":"Allow","Action":"s3:PutBucketPolicy","Resource":"*"}]}
            """);
        await Succeed(ClientProcess.Boto3(server.Address, """
            s3 = client("s3")
            s3.create_bucket(Bucket="desk", CreateBucketConfiguration=dict(LocationConstraint="eu-central-1"))
            for key in ["mine/a", "yours/b"]:
                s3.put_object(Bucket="desk", Key=key, Body=b"x")
            """, server.Root));
        await Succeed(ClientProcess.Boto3(server.Address, """
            import urllib.request, urllib.error, base64
            s3 = client("s3", signature_version="s3v4")
            answer = s3.delete_objects(Bucket="desk", Delete=dict(Objects=[dict(Key="mine/a"), dict(Key="yours/b")]))
            assert [one["Key"] for one in answer["Deleted"]] == ["mine/a"], answer
            [refused] = answer["Errors"]
            assert (refused["Key"], refused["Code"]) == ("yours/b", "AccessDenied"), refused

            def post(form, **changed):
                fields = {**form["fields"], **changed}
                parts = "".join(f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items() if value is not None)
                body = parts + '--edge\r\nContent-Disposition: form-data; name="file"; filename="f.txt"\r\n\r\nposted\r\n--edge--\r\n'
                request = urllib.request.Request(form["url"], body.encode(), {"Content-Type": "multipart/form-data; boundary=edge"})
                try:
                    return urllib.request.urlopen(request).status
                except urllib.error.HTTPError as error:
                    return error.read().decode()
            mine = s3.generate_presigned_post("desk", "mine/${filename}", Conditions=[["starts-with", "$key", "mine/"]])
            assert post(mine) == 204, post(mine)
            assert "SignatureDoesNotMatch" in post(mine, **{"x-amz-signature": "0" * 64})
            wider = base64.b64encode(base64.b64decode(mine["fields"]["policy"]).replace(b"mine/", b"your/")).decode()
            assert "SignatureDoesNotMatch" in post(mine, policy=wider)
            assert "InvalidAccessKeyId" in post(mine, **{"x-amz-credential": mine["fields"]["x-amz-credential"].replace("AKIA", "AKIB")})
            assert "AccessDenied" in post(s3.generate_presigned_post("desk", "yours/b"))
            assert "AccessDenied" in post(dict(url=mine["url"], fields=dict(key="mine/nobody")))
            try:
                s3.put_bucket_policy(Bucket="desk", Policy=json.dumps(dict(Version="2012-10-17", Statement=[dict(
                    Effect="Allow", Principal="*", Action="s3:GetObject", Resource="arn:aws:s3:::desk/*", Condition=dict(Nonsense={"aws:SourceIp": "10.0.0.0/8"}))])))
                raise AssertionError("A condition that nobody knows.")
            except botocore.exceptions.ClientError as error:
                assert error.response["Error"]["Code"] == "MalformedPolicy", error
            """, clerk));
        await Succeed(ClientProcess.Boto3(server.Address, """
            s3 = client("s3")
            assert s3.get_object(Bucket="desk", Key="mine/f.txt")["Body"].read() == b"posted"
            assert [one["Key"] for one in s3.list_objects_v2(Bucket="desk")["Contents"]] == ["mine/f.txt", "yours/b"]
            """, server.Root));
    }

    static async Task Succeed(Task<ClientOutcome> client)
    {
        var outcome = await client;
        Assert.True(outcome.ExitCode == 0, outcome.Error + outcome.Output);
    }
}
