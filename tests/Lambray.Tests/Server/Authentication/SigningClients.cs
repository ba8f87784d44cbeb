using Lambray.Tests.Resources.Iam;
using Xunit;

namespace Lambray.Tests.Server.Authentication;

/// <summary>Real clients, each with its own way of signing, against a server that verifies.</summary>
public sealed class SigningClients(SignedServer server) : IClassFixture<SignedServer>
{
    [Fact]
    public async Task The_command_line_signs_and_is_told_what_is_wrong()
    {
        var root = server.Root;
        (await ClientProcess.AwsAs(root, server.Address, "s3api", "create-bucket", "--bucket", "cli-bucket", "--create-bucket-configuration", "LocationConstraint=eu-central-1")).Succeeded.ToString();
        var wrong = await ClientProcess.AwsAs(root with { SecretAccessKey = "wrong" }, server.Address, "s3api", "list-buckets");
        Assert.Contains("SignatureDoesNotMatch", wrong.Error, StringComparison.Ordinal);
        var unknown = await ClientProcess.Aws(server.Address, "lambda", "list-functions");
        Assert.Contains("UnrecognizedClientException", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("root", (await ClientProcess.AwsAs(root, server.Address, "sts", "get-caller-identity")).Succeeded, StringComparison.Ordinal);
        Assert.Contains("/queue\"", (await ClientProcess.AwsAs(root, server.Address, "sqs", "create-queue", "--queue-name", "queue")).Succeeded, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Boto3_signs_for_every_service_presigns_and_works_with_sessions()
    {
        var user = await server.NewUserAsync("boto", IamSamples.Policy(
            IamSamples.Statement("Allow", "s3:*"), IamSamples.Statement("Allow", "sts:AssumeRole"), IamSamples.Statement("Allow", "xray:*"), IamSamples.Statement("Allow", "iam:Get*")));
        (await ClientProcess.Boto3(server.Address, """
            import urllib.request, urllib.error, time
            sts, s3, iam = client("sts"), client("s3", signature_version="s3v4"), client("iam")
            assert sts.get_caller_identity()["Arn"] == "arn:aws:iam::123456789012:user/boto"
            assert iam.get_user()["User"]["UserName"] == "boto"
            s3.create_bucket(Bucket="boto", CreateBucketConfiguration=dict(LocationConstraint="eu-central-1"))
            key = "a b/ü+(1)*'!~.txt"
            s3.put_object(Bucket="boto", Key=key, Body=b"x" * 200000, Metadata=dict(a="  two  spaces "))
            assert len(s3.get_object(Bucket="boto", Key=key)["Body"].read()) == 200000
            assert s3.list_objects_v2(Bucket="boto", Prefix="a b/", Delimiter="/")["Contents"][0]["Key"] == key
            s3.upload_fileobj(__import__("io").BytesIO(b"y" * (9 * 1024 * 1024)), "boto", "large")
            s3.delete_objects(Bucket="boto", Delete=dict(Objects=[dict(Key="large")]))

            def fetch(url, **args):
                try:
                    return urllib.request.urlopen(urllib.request.Request(url, **args)).read()
                except urllib.error.HTTPError as error:
                    return error.read().decode()
            link = s3.generate_presigned_url("get_object", Params=dict(Bucket="boto", Key=key))
            assert fetch(link) == b"x" * 200000
            assert "SignatureDoesNotMatch" in fetch(link.replace("%21", "%3F"))
            assert "SignatureDoesNotMatch" in fetch(link + "&versionId=1")
            put = s3.generate_presigned_url("put_object", Params=dict(Bucket="boto", Key="put"))
            fetch(put, data=b"by link", method="PUT", headers={"Content-Type": ""})
            assert s3.get_object(Bucket="boto", Key="put")["Body"].read() == b"by link"
            assert "AccessDenied" in fetch(link.split("?")[0])

            def refused(call, **args):
                try:
                    call(**args)
                except botocore.exceptions.ClientError as error:
                    return error.response["Error"]["Code"]
            assert refused(iam.list_users) == "AccessDenied"
            assert refused(client("lambda").list_functions) == "AccessDeniedException"
            assert refused(client("logs").describe_log_groups) == "AccessDeniedException"
            assert refused(client("sqs").list_queues).startswith("AccessDenied")
            client("xray").get_sampling_rules()
            client("xray").get_groups()

            session = sts.get_session_token(DurationSeconds=900)["Credentials"]
            def by(credentials, service):
                return boto3.client(service, endpoint_url=s3.meta.endpoint_url, aws_access_key_id=credentials["AccessKeyId"],
                    aws_secret_access_key=credentials["SecretAccessKey"], aws_session_token=credentials["SessionToken"])
            assert by(session, "s3").list_buckets()["Buckets"]
            assert refused(by(session, "sts").get_session_token) == "AccessDenied"
            narrow = json.dumps(dict(Version="2012-10-17", Statement=[dict(Effect="Allow", Action="s3:ListAllMyBuckets", Resource="*")]))
            federated = sts.get_federation_token
            assert refused(federated, Name="guest", Policy=narrow) == "AccessDenied"
            """, user)).Succeeded.ToString();
    }

    [Fact]
    public async Task Buses_rules_and_apis_are_for_whom_the_policies_name()
    {
        var user = await server.NewUserAsync("eventful", IamSamples.Policy(
            IamSamples.Statement("Allow", "events:PutEvents", "arn:aws:events:eu-central-1:123456789012:event-bus/default"),
            IamSamples.Statement("Allow", "events:PutRule", "arn:aws:events:eu-central-1:123456789012:rule/mine-*"),
            IamSamples.Statement("Allow", "apigateway:GET", "arn:aws:apigateway:eu-central-1::/restapis*"), IamSamples.Statement("Allow", "apigateway:POST", "arn:aws:apigateway:eu-central-1::/apis")));
        (await ClientProcess.Boto3(server.Address, """
            events, rest, http = client("events"), client("apigateway"), client("apigatewayv2")
            def refused(call, **args):
                try:
                    call(**args)
                except botocore.exceptions.ClientError as error:
                    assert error.response["Error"]["Code"] in ("AccessDeniedException", "AccessDenied"), error
                    return True
            entry = dict(Source="a", DetailType="t", Detail="{}")
            assert events.put_events(Entries=[entry])["FailedEntryCount"] == 0
            assert refused(events.put_events, Entries=[entry, dict(entry, EventBusName="other")])
            events.put_rule(Name="mine-1", EventPattern='{"source":["a"]}')
            assert refused(events.put_rule, Name="yours", EventPattern='{"source":["a"]}') and refused(events.list_rules)
            assert rest.get_rest_apis()["items"] == [] and refused(rest.create_rest_api, name="a")
            api = http.create_api(Name="a", ProtocolType="HTTP")["ApiId"]
            assert refused(http.delete_api, ApiId=api) and refused(http.get_apis)
            """, user)).Succeeded.ToString();
    }

    [Fact]
    public async Task Users_reach_only_their_own_rows_of_a_table_and_their_own_stream()
    {
        const string Table = "arn:aws:dynamodb:eu-central-1:123456789012:table/games";
        var user = await server.NewUserAsync("ana", $$$"""
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Action":["dynamodb:GetItem","dynamodb:BatchGetItem","dynamodb:Query","dynamodb:PutItem","dynamodb:BatchWriteItem","dynamodb:ConditionCheckItem","dynamodb:PartiQLSelect","dynamodb:PartiQLInsert"],
               "Resource":["{{{Table}}}","{{{Table}}}/index/*"],"Condition":{"ForAllValues:StringEquals":{"dynamodb:LeadingKeys":["${aws:username}"] } } },
              {"Effect":"Deny","Action":"dynamodb:PartiQLSelect","Resource":"*","Condition":{"Bool":{"dynamodb:FullTableScan":"true" } } },
              {"Effect":"Allow","Action":["kinesis:PutRecords","kinesis:ListShards","kinesis:GetShardIterator","kinesis:GetRecords"],"Resource":"arn:aws:kinesis:eu-central-1:123456789012:stream/ana-*"}]}
            """);
        (await ClientProcess.Boto3(server.Address, """
            client("dynamodb").create_table(TableName="games", BillingMode="PAY_PER_REQUEST", KeySchema=[dict(AttributeName="who", KeyType="HASH"), dict(AttributeName="n", KeyType="RANGE")],
                AttributeDefinitions=[dict(AttributeName="who", AttributeType="S"), dict(AttributeName="n", AttributeType="N")])
            for name in ("ana-clicks", "bob-clicks"): client("kinesis").create_stream(StreamName=name, ShardCount=1)
            """, server.Root)).Succeeded.ToString();
        (await ClientProcess.Boto3(server.Address, """
            dynamodb, kinesis = client("dynamodb"), client("kinesis")
            def refused(call, **args):
                try:
                    call(**args)
                except botocore.exceptions.ClientError as error:
                    assert error.response["Error"]["Code"] == "AccessDeniedException", error
                    return True
            key = lambda who, n: dict(who=dict(S=who), n=dict(N=str(n)))
            get = lambda *keys: dict(RequestItems=dict(games=dict(Keys=list(keys))))
            write = lambda *items: dict(RequestItems=dict(games=[dict(PutRequest=dict(Item=item)) for item in items]))
            query = lambda who: dict(TableName="games", KeyConditionExpression="who = :w AND n > :n", ExpressionAttributeValues={":w": dict(S=who), ":n": dict(N="1")})
            dynamodb.batch_write_item(**write(key("ana", 1), key("ana", 2)))
            assert refused(dynamodb.batch_write_item, **write(key("ana", 3), key("bob", 1)))
            assert len(dynamodb.batch_get_item(**get(key("ana", 1), key("ana", 2)))["Responses"]["games"]) == 2
            assert refused(dynamodb.batch_get_item, **get(key("ana", 1), key("bob", 1)))
            assert dynamodb.query(**query("ana"))["Count"] == 1 and refused(dynamodb.query, **query("bob"))
            assert refused(dynamodb.query, TableName="games", KeyConditions=dict(who=dict(ComparisonOperator="EQ", AttributeValueList=[dict(S="bob")])))
            assert refused(dynamodb.get_item, TableName="games", Key=key("bob", 1)) and refused(dynamodb.scan, TableName="games")
            put = lambda who: dict(Put=dict(TableName="games", Item=key(who, 9)))
            dynamodb.transact_write_items(TransactItems=[put("ana")])
            assert refused(dynamodb.transact_write_items, TransactItems=[put("ana"), put("bob")])
            select = "SELECT * FROM games WHERE who = ?"
            assert len(dynamodb.execute_statement(Statement=select, Parameters=[dict(S="ana")])["Items"]) == 3
            assert refused(dynamodb.execute_statement, Statement=select, Parameters=[dict(S="bob")]) and refused(dynamodb.execute_statement, Statement="SELECT * FROM games")
            assert refused(dynamodb.execute_statement, Statement="INSERT INTO games VALUE {'who': 'bob', 'n': 1}")

            put = lambda name: dict(StreamName=name, Records=[dict(Data=b"x", PartitionKey="k")])
            assert kinesis.put_records(**put("ana-clicks"))["FailedRecordCount"] == 0 and refused(kinesis.put_records, **put("bob-clicks"))
            assert refused(kinesis.delete_stream, StreamName="ana-clicks")
            [shard] = kinesis.list_shards(StreamName="ana-clicks")["Shards"]
            place = kinesis.get_shard_iterator(StreamName="ana-clicks", ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
            assert [record["Data"] for record in kinesis.get_records(ShardIterator=place)["Records"]] == [b"x"]
            """, user)).Succeeded.ToString();
    }

    [Fact]
    public async Task Roles_are_taken_by_whom_they_trust_and_sessions_are_held_to_their_policies()
    {
        (await ClientProcess.Boto3(server.Address, """
            iam, sts = client("iam"), client("sts")
            trust = lambda **more: json.dumps(dict(Version="2012-10-17", Statement=[dict(
                Effect="Allow", Principal=dict(AWS="arn:aws:iam::123456789012:user/taker"), Action=["sts:AssumeRole", "sts:TagSession"], **more)]))
            allow = lambda *actions: json.dumps(dict(Version="2012-10-17", Statement=[dict(Effect="Allow", Action=list(actions), Resource="*")]))
            iam.create_user(UserName="taker")
            key = iam.create_access_key(UserName="taker")["AccessKey"]
            iam.create_role(RoleName="lister", AssumeRolePolicyDocument=trust(Condition=dict(StringEquals={"sts:ExternalId": "word"})))
            iam.put_role_policy(RoleName="lister", PolicyName="p", PolicyDocument=allow("s3:ListAllMyBuckets", "lambda:ListFunctions"))
            iam.create_role(RoleName="other", AssumeRolePolicyDocument=json.dumps(dict(Version="2012-10-17", Statement=[dict(Effect="Allow", Principal=dict(Service="lambda.amazonaws.com"), Action="sts:AssumeRole")])))
            def by(credentials, service):
                return boto3.client(service, endpoint_url=sts.meta.endpoint_url, aws_access_key_id=credentials["AccessKeyId"],
                    aws_secret_access_key=credentials["SecretAccessKey"], aws_session_token=credentials.get("SessionToken"))
            def refused(call, **args):
                try:
                    call(**args)
                except botocore.exceptions.ClientError as error:
                    return error.response["Error"]["Code"]
            taker = by(key, "sts")
            take = dict(RoleArn="arn:aws:iam::123456789012:role/lister", RoleSessionName="session")
            assert refused(taker.assume_role, **take) == "AccessDenied"
            assert refused(sts.assume_role, **take, ExternalId="word") == "AccessDenied"
            assert refused(taker.assume_role, RoleArn="arn:aws:iam::123456789012:role/other", RoleSessionName="session") == "AccessDenied"
            assert refused(taker.assume_role, **take, ExternalId="word", DurationSeconds=7200) == "ValidationError"
            full = taker.assume_role(**take, ExternalId="word", Tags=[dict(Key="team", Value="x")])["Credentials"]
            assert by(full, "sts").get_caller_identity()["Arn"] == "arn:aws:sts::123456789012:assumed-role/lister/session"
            by(full, "s3").list_buckets()
            by(full, "lambda").list_functions()
            answer = taker.assume_role(**take, ExternalId="word", Policy=allow("s3:*"))
            assert answer["PackedPolicySize"] > 0
            by(answer["Credentials"], "s3").list_buckets()
            assert refused(by(answer["Credentials"], "lambda").list_functions) == "AccessDeniedException"
            guest = sts.get_federation_token(Name="guest", Policy=allow("lambda:ListFunctions"))["Credentials"]
            by(guest, "lambda").list_functions()
            assert refused(by(guest, "s3").list_buckets) == "AccessDenied"
            used = iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])
            assert (used["UserName"], used["AccessKeyLastUsed"]["ServiceName"]) == ("taker", "sts"), used
            assert client("sts").get_access_key_info(AccessKeyId=key["AccessKeyId"])["Account"] == "123456789012"
            assert refused(sts.decode_authorization_message, EncodedMessage="x") == "InvalidAuthorizationMessageException"
            """, server.Root)).Succeeded.ToString();
    }

    [Fact]
    public async Task The_SDK_for_JavaScript_signs_for_every_service() =>
        Assert.Equal("ok\n", (await ClientProcess.NodeAs(server.Root, "signing.mjs", server.Address.ToString())).Succeeded);

    [Fact]
    public async Task A_function_calls_with_the_keys_of_its_environment()
    {
        (await ClientProcess.Boto3(server.Address, """
            iam, lam, s3 = client("iam"), client("lambda"), client("s3")
            role = iam.create_role(RoleName="caller", AssumeRolePolicyDocument=json.dumps(dict(Version="2012-10-17", Statement=[dict(
                Effect="Allow", Principal=dict(Service="lambda.amazonaws.com"), Action="sts:AssumeRole")])))["Role"]
            iam.put_role_policy(RoleName="caller", PolicyName="p", PolicyDocument=json.dumps(dict(Version="2012-10-17", Statement=[dict(Effect="Allow", Action="s3:GetObject", Resource="*")])))
            import io, zipfile
            code = io.BytesIO()
            with zipfile.ZipFile(code, "w") as archive:
                archive.writestr("index.py", '''
            import boto3, os
            from botocore.exceptions import ClientError
            def handler(event, context):
                s3 = boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
                text = s3.get_object(Bucket="called", Key="k")["Body"].read().decode()
                try:
                    s3.put_object(Bucket="called", Key="k", Body=b"")
                except ClientError as error:
                    return [text, error.response["Error"]["Code"]]
            '''.replace("\\n            ", "\\n"))
            s3.create_bucket(Bucket="called", CreateBucketConfiguration=dict(LocationConstraint="eu-central-1"))
            s3.put_object(Bucket="called", Key="k", Body=b"kept")
            lam.create_function(FunctionName="caller", Runtime="python3.12", Role=role["Arn"], Handler="index.handler", Timeout=30, Code=dict(ZipFile=code.getvalue()))
            lam.get_waiter("function_active_v2").wait(FunctionName="caller", WaiterConfig=dict(Delay=1))
            answer = lam.invoke(FunctionName="caller")
            payload = json.loads(answer["Payload"].read())
            assert payload == ["kept", "AccessDenied"], payload
            """, server.Root)).Succeeded.ToString();
    }
}
