using Xunit;

namespace Lambray.Tests.Server.DynamoDb;

/// <summary>DynamoDB as real clients use it: boto3 with its resources, the AWS CLI, and the SDK for JavaScript with its document client.</summary>
public sealed class TablesFromClients(WholeServer server) : IClassFixture<WholeServer>
{
    [Fact]
    public async Task The_document_client_stores_finds_and_streams() =>
        Assert.Equal("done", (await ClientProcess.Node("dynamodb.mjs", server.Address.ToString())).Succeeded.Trim());

    [Fact]
    public async Task Boto3_makes_tables_fills_them_and_asks_in_the_older_ways_too() => await Succeed(ClientProcess.Boto3(server.Address, $$"""
        from decimal import Decimal
        from boto3.dynamodb.conditions import Attr, Key
        dynamodb = boto3.resource("dynamodb", endpoint_url="{{server.Address}}")
        client = dynamodb.meta.client
        table = dynamodb.create_table(TableName="boto.table", BillingMode="PROVISIONED", ProvisionedThroughput=dict(ReadCapacityUnits=5, WriteCapacityUnits=4),
            AttributeDefinitions=[dict(AttributeName=name, AttributeType=of) for name, of in (("pk", "S"), ("sk", "B"), ("rank", "N"))],
            KeySchema=[dict(AttributeName="pk", KeyType="HASH"), dict(AttributeName="sk", KeyType="RANGE")],
            LocalSecondaryIndexes=[dict(IndexName="ranked", KeySchema=[dict(AttributeName="pk", KeyType="HASH"), dict(AttributeName="rank", KeyType="RANGE")],
                Projection=dict(ProjectionType="KEYS_ONLY"))], Tags=[dict(Key="team", Value="shop")])
        table.wait_until_exists()
        assert (table.table_status, table.provisioned_throughput["ReadCapacityUnits"]) == ("CREATING", 5)
        table.reload()
        assert table.table_status == "ACTIVE" and table.local_secondary_indexes[0]["IndexArn"].endswith(":table/boto.table/index/ranked")
        with table.batch_writer() as batch:
            for n in range(60):
                batch.put_item(Item=dict(pk="a", sk=bytes([n]), rank=Decimal(-n) / 8, text="x" * n, deep=dict(of=[n, dict(n=n)])))
        table.reload()
        assert table.item_count == 60 and table.table_size_bytes > 1000

        asked = table.query(KeyConditionExpression=Key("pk").eq("a") & Key("sk").between(bytes([5]), bytes([9])), FilterExpression=Attr("deep.of[1].n").ne(7), ReturnConsumedCapacity="INDEXES")
        assert ([item["deep"]["of"][0] for item in asked["Items"]], asked["Count"], asked["ScannedCount"]) == ([5, 6, 8, 9], 4, 5), asked
        assert asked["ConsumedCapacity"]["Table"] == dict(CapacityUnits=0.5), asked["ConsumedCapacity"]
        ranked = table.query(IndexName="ranked", KeyConditionExpression=Key("pk").eq("a") & Key("rank").lte(Decimal("-7")), ProjectionExpression="#r, #t", ExpressionAttributeNames={"#r": "rank", "#t": "text"})["Items"]
        assert [(item["rank"], len(item["text"])) for item in ranked] == [(Decimal(-59) / 8, 59), (Decimal(-58) / 8, 58), (Decimal(-57) / 8, 57), (Decimal(-7), 56)], ranked
        older = client.query(TableName="boto.table", KeyConditions=dict(pk=dict(ComparisonOperator="EQ", AttributeValueList=["a"]), sk=dict(ComparisonOperator="LT", AttributeValueList=[bytes([4])])),
            QueryFilter=dict(rank=dict(ComparisonOperator="NE", AttributeValueList=[0])), AttributesToGet=["rank"], ScanIndexForward=False)["Items"]
        assert [item["rank"] for item in older] == [Decimal("-0.375"), Decimal("-0.25"), Decimal("-0.125")], older
        key = dict(pk="a", sk=bytes([1]))
        changed = client.update_item(TableName="boto.table", Key=key, AttributeUpdates=dict(rank=dict(Action="ADD", Value=1), text=dict(Action="DELETE"), new=dict(Value={"a"})),
            Expected=dict(text=dict(Value="x"), gone=dict(Exists=False)), ReturnValues="ALL_NEW", ReturnItemCollectionMetrics="SIZE")
        assert (changed["Attributes"]["rank"], changed["Attributes"]["new"], "text" in changed["Attributes"]) == (Decimal("0.875"), {"a"}, False), changed
        assert changed["ItemCollectionMetrics"]["SizeEstimateRangeGB"] == [0, 1]
        assert sum(table.scan(Segment=n, TotalSegments=3, Select="COUNT")["Count"] for n in range(3)) == 60
        assert table.scan(Limit=7)["LastEvaluatedKey"].keys() == dict(pk=0, sk=0).keys()
        client.update_time_to_live(TableName="boto.table", TimeToLiveSpecification=dict(Enabled=True, AttributeName="until"))
        assert client.describe_time_to_live(TableName="boto.table")["TimeToLiveDescription"] == dict(TimeToLiveStatus="ENABLED", AttributeName="until")
        client.tag_resource(ResourceArn=table.table_arn, Tags=[dict(Key="cost", Value="")])
        client.untag_resource(ResourceArn=table.table_arn, TagKeys=["team"])
        assert client.list_tags_of_resource(ResourceArn=table.table_arn)["Tags"] == [dict(Key="cost", Value="")]
        assert client.get_item(TableName=table.table_arn, Key=key)["Item"]["new"] == {"a"}
        big = dynamodb.create_table(TableName="boto.big", BillingMode="PAY_PER_REQUEST", AttributeDefinitions=[dict(AttributeName="n", AttributeType="N")], KeySchema=[dict(AttributeName="n", KeyType="HASH")])
        for n in range(4): big.put_item(Item=dict(n=n, body="y" * 350_000))
        page = big.scan()
        assert page["Count"] == 3 and big.scan(ExclusiveStartKey=page["LastEvaluatedKey"])["Count"] == 1, page["Count"]

        def refused(call, code, message):
            try:
                call()
                raise AssertionError(f"Not refused: {message}")
            except botocore.exceptions.ClientError as error:
                assert (error.response["Error"]["Code"], error.response["Error"]["Message"]) == (code, message), error
        invalid = "One or more parameter values were invalid: "
        refused(lambda: table.get_item(Key=dict(pk="a")), "ValidationException", "The provided key element does not match the schema")
        refused(lambda: table.put_item(Item=dict(pk="a")), "ValidationException", invalid + "Missing the key sk in the item")
        refused(lambda: table.put_item(Item=dict(pk="a", sk=b"1", rank="x")), "ValidationException", invalid + "Type mismatch for Index Key rank Expected: N Actual: S IndexName: ranked")
        refused(lambda: big.put_item(Item=dict(n=9, body="y" * 410_000)), "ValidationException", "Item size has exceeded the maximum allowed size")
        refused(lambda: big.update_item(Key=dict(n=1), UpdateExpression="SET more = :m", ExpressionAttributeValues={":m": "y" * 100_000}), "ValidationException", "Item size to update has exceeded the maximum allowed size")
        refused(lambda: table.update_item(Key=key, UpdateExpression="SET pk = :v", ExpressionAttributeValues={":v": 1}), "ValidationException", invalid + "Cannot update attribute pk. This attribute is part of the key")
        refused(lambda: table.scan(FilterExpression="a = :v", ExpressionAttributeValues={":v": 1, ":w": 2}), "ValidationException", "Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}")
        refused(lambda: table.query(KeyConditionExpression="pk = :v OR sk = :v", ExpressionAttributeValues={":v": "a"}), "ValidationException", "Invalid operator used in KeyConditionExpression: OR")
        refused(lambda: table.query(KeyConditionExpression="pk = :v", FilterExpression="sk = :v", ExpressionAttributeValues={":v": "a"}), "ValidationException", "Filter Expression can only contain non-primary key attributes: Primary key attribute: sk")
        refused(lambda: client.put_item(TableName="nowhere", Item=dict(a=1)), "ResourceNotFoundException", "Requested resource not found")
        refused(lambda: client.create_backup(TableName="boto.big", BackupName="abc"), "NotImplemented", "CreateBackup of DynamoDB is not available on this server.")
        refused(lambda: client.create_table(TableName="boto.big", BillingMode="PAY_PER_REQUEST", AttributeDefinitions=[dict(AttributeName="n", AttributeType="N")], KeySchema=[dict(AttributeName="n", KeyType="HASH")]),
            "ResourceInUseException", "Table already exists: boto.big")
        # What no table could take is the request's fault, what this one cannot is a reason to cancel.
        def canceled(call, *reasons):
            try:
                call()
                raise AssertionError("Not canceled")
            except client.exceptions.TransactionCanceledException as error:
                assert [(reason["Code"], reason.get("Message")) for reason in error.response["CancellationReasons"]] == list(reasons), error.response
        mismatch = ("ValidationError", "The provided key element does not match the schema")
        canceled(lambda: client.transact_write_items(TransactItems=[dict(Delete=dict(TableName="boto.table", Key=key)), dict(Delete=dict(TableName="boto.big", Key=dict(n="1")))]), ("None", None), mismatch)
        canceled(lambda: client.transact_get_items(TransactItems=[dict(Get=dict(TableName="boto.table", Key=dict(pk="a")))]), mismatch)
        # Through the resource's client values are plain, in statements too.
        exists = dict(Statement="EXISTS(SELECT * FROM \"boto.big\" WHERE n = ? AND body = ?)", Parameters=[1, "y" * 350_000])
        insert = dict(Statement="INSERT INTO \"boto.big\" VALUE {'n': 7}")
        failed = ("ConditionalCheckFailed", "The conditional request failed")
        canceled(lambda: client.execute_transaction(TransactStatements=[dict(exists, Parameters=[1, "z"]), insert]), failed, ("None", None))
        canceled(lambda: client.execute_transaction(TransactStatements=[insert, dict(exists, Parameters=[99, "z"])]), ("None", None), failed)
        client.execute_transaction(TransactStatements=[exists, insert])
        assert big.get_item(Key=dict(n=7))["Item"] == dict(n=7)
        refused(lambda: client.execute_statement(Statement="EXISTS(SELECT * FROM \"boto.big\" WHERE n = 1)"), "ValidationException", "Statement wasn't well formed, can't be processed: Unexpected 'EXISTS' at 1")
        refused(lambda: client.transact_write_items(TransactItems=[dict(Delete=dict(TableName="boto.table", Key=key))] * 2), "ValidationException", "Transaction request cannot include multiple operations on one item")
        """));

    [Fact]
    public async Task The_command_line_changes_tables_and_waits_for_them()
    {
        await Aws("create-table", "--table-name", "cli-table", "--attribute-definitions", "AttributeName=id,AttributeType=S", "--key-schema", "AttributeName=id,KeyType=HASH", "--billing-mode", "PAY_PER_REQUEST");
        await Aws("wait", "table-exists", "--table-name", "cli-table");
        await Aws("put-item", "--table-name", "cli-table", "--item", """{"id":{"S":"1"},"kind":{"S":"x"},"until":{"N":"4102444800"}}""");
        await Aws(
            "update-table", "--table-name", "cli-table", "--attribute-definitions", "AttributeName=kind,AttributeType=S",
            "--global-secondary-index-updates", """[{"Create":{"IndexName":"by-kind","KeySchema":[{"AttributeName":"kind","KeyType":"HASH"}],"Projection":{"ProjectionType":"KEYS_ONLY"}}}]""");
        await Eventually.HoldsAsync(async () => (await Aws("describe-table", "--table-name", "cli-table", "--query", "Table.GlobalSecondaryIndexes[0].[IndexStatus,ItemCount]")).Contains("ACTIVE", StringComparison.Ordinal));
        Assert.Contains("\"Count\": 1", await Aws(
            "query", "--table-name", "cli-table", "--index-name", "by-kind", "--key-condition-expression", "kind = :k", "--expression-attribute-values", """{":k":{"S":"x"}}"""), StringComparison.Ordinal);
        await Aws("delete-table", "--table-name", "cli-table");
    }

    async Task<string> Aws(params string[] arguments) => (await ClientProcess.Aws(server.Address, ["dynamodb", .. arguments])).Succeeded;

    static async Task Succeed(Task<ClientOutcome> client)
    {
        var outcome = await client;
        Assert.True(outcome.ExitCode == 0, outcome.Error + outcome.Output);
    }
}
