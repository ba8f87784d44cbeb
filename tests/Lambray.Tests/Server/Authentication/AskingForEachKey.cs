using Xunit;

namespace Lambray.Tests.Server.Authentication;

/// <summary>Requests that tell in their bodies what they are about, which policies allow one by one: deletions of several objects, browsers' forms, topics.</summary>
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

    [Fact]
    public async Task A_topic_is_asked_for_by_its_name_and_lets_in_whom_its_policy_names()
    {
        var publisher = await server.NewUserAsync("publisher", """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Action":["sns:CreateTopic","sns:Publish"],"Resource":"arn:aws:sns:*:*:open-*"},
              {"Effect":"Allow","Action":"sns:Subscribe","Resource":"*","Condition":{"StringEquals":{"sns:Protocol":"sqs"}}}]}
            """);
        await Succeed(ClientProcess.Boto3(server.Address, """
            sns = client("sns")
            closed = sns.create_topic(Name="closed-doors")["TopicArn"]
            named = sns.create_topic(Name="closed-but-for-one")["TopicArn"]
            account = named.split(":")[4]
            sns.set_topic_attributes(TopicArn=named, AttributeName="Policy", AttributeValue=json.dumps(dict(Version="2012-10-17", Statement=[
                dict(Effect="Allow", Principal=dict(AWS=f"arn:aws:iam::{account}:user/publisher"), Action="sns:Publish", Resource=named)])))
            """, server.Root));
        await Succeed(ClientProcess.Boto3(server.Address, """
            sns = client("sns")
            def refused(call, **arguments):
                try:
                    call(**arguments)
                except botocore.exceptions.ClientError as error:
                    assert error.response["Error"]["Code"] == "AuthorizationError", error
                else:
                    raise AssertionError(arguments)
            topic = sns.create_topic(Name="open-doors")["TopicArn"]
            batch = [dict(Id="a", Message="x")]
            assert sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=batch)["Successful"]
            assert sns.publish(TargetArn=topic.replace("open-doors", "closed-but-for-one"), Message="x")
            refused(sns.publish, TargetArn=topic.replace("open-doors", "closed-doors"), Message="x")
            refused(sns.publish_batch, TopicArn=topic.replace("open-doors", "closed-doors"), PublishBatchRequestEntries=batch)
            refused(sns.create_topic, Name="closed-too")
            refused(sns.list_topics)
            assert sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=topic.replace(":sns:", ":sqs:"))
            refused(sns.subscribe, TopicArn=topic, Protocol="https", Endpoint="https://example.org/")
            """, publisher));
    }

    static async Task Succeed(Task<ClientOutcome> client)
    {
        var outcome = await client;
        Assert.True(outcome.ExitCode == 0, outcome.Error + outcome.Output);
    }
}
