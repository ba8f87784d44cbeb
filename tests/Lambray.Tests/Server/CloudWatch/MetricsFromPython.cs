using Xunit;

namespace Lambray.Tests.Server.CloudWatch;

/// <summary>CloudWatch metrics as boto3 and the AWS CLI use them: forms and XML.</summary>
public sealed class MetricsFromPython(WholeServer server) : IClassFixture<WholeServer>
{
    const string Preamble = """
        import datetime
        cloudwatch = client("cloudwatch")
        minute = datetime.datetime.now(datetime.timezone.utc).replace(second=0, microsecond=0)
        minutes = lambda n: datetime.timedelta(minutes=n)
        def check(actual, expected):
            assert actual == expected, (actual, expected)
        def refused(call, **arguments):
            try:
                call(**arguments)
            except botocore.exceptions.ClientError as e:
                return e.response["Error"]["Code"], e.response["Error"]["Message"]
            raise AssertionError("was not refused")

        """;

    [Fact]
    public async Task Values_are_put_listed_and_summed_up_by_period() => await Run("""
        page = lambda value: [dict(Name="Page", Value=value)]
        for i in range(6):
            cloudwatch.put_metric_data(Namespace="Shop", MetricData=[
                dict(MetricName="Latency", Dimensions=page("cart"), Timestamp=minute - minutes(10 - i), Unit="Milliseconds", Values=[float(10 * i + 1), float(10 * i + 2)]),
                dict(MetricName="Latency", Dimensions=page("home") + [dict(Name="Country", Value="AT")], Timestamp=minute, Value=7),
                dict(MetricName="Visits", Timestamp=minute, Value=1, Unit="Count")])
        metrics = [m for p in cloudwatch.get_paginator("list_metrics").paginate(Namespace="Shop") for m in p["Metrics"]]
        assert len(metrics) == 3 and dict(Namespace="Shop", MetricName="Visits", Dimensions=[]) in metrics, metrics
        listed = lambda **more: [m["Dimensions"] for m in cloudwatch.list_metrics(Namespace="Shop", MetricName="Latency", **more)["Metrics"]]
        assert listed(Dimensions=page("cart")) == [page("cart")], listed(Dimensions=page("cart"))
        assert len(listed(Dimensions=[dict(Name="Page")], RecentlyActive="PT3H")) == 2

        def read(**more):
            usual = dict(Namespace="Shop", MetricName="Latency", Dimensions=page("cart"), StartTime=minute - minutes(10), EndTime=minute, Period=180, Statistics=["Sum", "SampleCount"])
            return cloudwatch.get_metric_statistics(**{k: v for k, v in {**usual, **more}.items() if v is not None})
        points = sorted(read()["Datapoints"], key=lambda p: p["Timestamp"])
        assert points == [
            dict(Timestamp=minute - minutes(10), Sum=69.0, SampleCount=6.0, Unit="Milliseconds"),
            dict(Timestamp=minute - minutes(7), Sum=249.0, SampleCount=6.0, Unit="Milliseconds")], points
        extended = read(Period=3600, Statistics=None, ExtendedStatistics=["p50", "tm90"])["Datapoints"]
        assert len(extended) == 1 and 20 < extended[0]["ExtendedStatistics"]["p50"] < 32, extended
        assert read(Unit="Seconds")["Datapoints"] == [] and read(Namespace="Other")["Datapoints"] == []
        check(refused(read, Period=61)[0], "InvalidParameterValue")
        check(refused(read, Statistics=["Median"])[0], "InvalidParameterValue")
        check(refused(read, StartTime=minute), ("InvalidParameterCombination", "The parameter StartTime must be less than the parameter EndTime."))
        check(refused(read, StartTime=minute - minutes(1441), Period=60), ("InvalidParameterCombination",
            "You have requested up to 1,441 datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range."))
        check(refused(read, Statistics=None), ("MissingParameter", "At least one of the parameters Statistics, or ExtendedStatistics must be specified."))
        put = lambda **datum: cloudwatch.put_metric_data(Namespace="Shop", MetricData=[dict(MetricName="Latency", **datum)])
        check(refused(put, Value=1, Values=[1]), ("InvalidParameterCombination",
            "The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have specified both."))
        check(refused(put, Values=[1, 2], Counts=[1]), ("InvalidParameterValue", "The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size."))
        check(refused(put, Value=1e109)[0], "InvalidParameterValue")
        check(refused(put, Value=1, Timestamp=minute - minutes(15 * 1440)), ("InvalidParameterValue",
            "The parameter MetricData.member.1.Timestamp must specify a time no more than two weeks in the past."))
        code, message = refused(cloudwatch.describe_alarms)
        assert code == "NotImplemented" and "DescribeAlarms" in message, message
        """);

    [Fact]
    public async Task Expressions_are_computed_over_metrics() => await Run("""
        for i in range(5):
            cloudwatch.put_metric_data(Namespace="Math", MetricData=[
                dict(MetricName="Errors", Timestamp=minute - minutes(5 - i), Value=i),
                *([dict(MetricName="Calls", Timestamp=minute - minutes(5 - i), Value=10)] if i != 2 else [])])
        stat = lambda id, name: dict(Id=id, MetricStat=dict(Metric=dict(Namespace="Math", MetricName=name), Period=60, Stat="Sum"), ReturnData=False)
        def compute(expression, **more):
            queries = [stat("errors", "Errors"), stat("calls", "Calls"), dict(Id="e", Expression=expression)]
            pages = cloudwatch.get_paginator("get_metric_data").paginate(MetricDataQueries=queries, StartTime=minute - minutes(5), EndTime=minute, **{**dict(ScanBy="TimestampAscending"), **more})
            return [v for p in pages for r in p["MetricDataResults"] for v in r["Values"]]
        assert compute("100 * errors / calls") == [0, 10, 30, 40], compute("100 * errors / calls")
        assert compute("errors", ScanBy="TimestampDescending", PaginationConfig=dict(PageSize=2)) == [4, 3, 2, 1, 0]
        assert compute("-errors ^ 2 + 1") == [1, 0, -3, -8, -15]
        assert compute("SUM([errors, calls])") == [10, 11, 2, 13, 14]
        assert compute("SUM(METRICS()) - errors") == [10, 10, 0, 10, 10]
        assert compute('METRICS("call")') == [10, 10, 10, 10]
        assert compute("errors * 0 + AVG(errors)") == [2, 2, 2, 2, 2]
        assert compute("FILL(calls, 0)") == [10, 10, 0, 10, 10]
        assert compute("IF(errors > 2 OR errors == 0, errors, 100)") == [0, 100, 100, 3, 4]
        assert compute("RUNNING_SUM(errors)") == [0, 1, 3, 6, 10] and compute("DIFF(errors)") == [1, 1, 1, 1]
        assert compute("calls / errors") == [10, 10 / 3, 2.5]
        check(refused(compute, expression="errors +"), ("ValidationError", "Error in expression 'e': Syntax error at column 9"))
        check(refused(compute, expression="errors + other"), ("ValidationError", "Error in expression 'e': 'other' is not the id of a metric or an expression of this request"))
        check(refused(compute, expression="e + 1"), ("ValidationError", "Error in expression 'e': 'e' refers to itself"))
        check(refused(compute, expression="ANOMALY_DETECTION_BAND(errors)"), ("ValidationError", "Error in expression 'e': Function ANOMALY_DETECTION_BAND is not available on this server"))
        check(refused(compute, expression="AVG(errors)")[0], "ValidationError")
        """);

    [Fact]
    public async Task Tables_streams_buses_and_APIs_leave_what_they_were_asked_for() => await Run("""
        import time, urllib.request, urllib.error
        dynamodb, kinesis, events, http, lambda_, sqs = (client(name) for name in ("dynamodb", "kinesis", "events", "apigatewayv2", "lambda", "sqs"))
        dynamodb.create_table(TableName="metered", BillingMode="PAY_PER_REQUEST", AttributeDefinitions=[dict(AttributeName=name, AttributeType="S") for name in ("id", "kind")],
            KeySchema=[dict(AttributeName="id", KeyType="HASH")], GlobalSecondaryIndexes=[dict(IndexName="by-kind", KeySchema=[dict(AttributeName="kind", KeyType="HASH")], Projection=dict(ProjectionType="ALL"))])
        item = dict(id=dict(S="1"), kind=dict(S="k"), body=dict(S="x" * 1500))
        dynamodb.put_item(TableName="metered", Item=item)
        dynamodb.batch_write_item(RequestItems=dict(metered=[dict(PutRequest=dict(Item=dict(item, id=dict(S="2"))))]))
        dynamodb.get_item(TableName="metered", Key=dict(id=dict(S="1")), ConsistentRead=True)
        dynamodb.query(TableName="metered", IndexName="by-kind", KeyConditionExpression="kind = :k", ExpressionAttributeValues={":k": dict(S="k")})
        for wrong in (dict(Item=dict(no=dict(S="1"))), dict(Item=item, ConditionExpression="attribute_not_exists(id)")):
            try: dynamodb.put_item(TableName="metered", **wrong)
            except botocore.exceptions.ClientError: pass
        kinesis.create_stream(StreamName="metered", ShardCount=1)
        kinesis.put_records(StreamName="metered", Records=[dict(Data=b"12345", PartitionKey="k")] * 3)
        place = kinesis.get_shard_iterator(StreamName="metered", ShardId="shardId-000000000000", ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
        assert len(kinesis.get_records(ShardIterator=place, Limit=2)["Records"]) == 2
        queue = sqs.get_queue_attributes(QueueUrl=sqs.create_queue(QueueName="metered")["QueueUrl"], AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        events.put_rule(Name="metered", EventPattern='{"source":["metered"]}')
        events.put_targets(Rule="metered", Targets=[dict(Id="queue", Arn=queue), dict(Id="gone", Arn=queue + "-gone")])
        events.put_events(Entries=[dict(Source="metered", DetailType="t", Detail="{}")])
        here = dynamodb.meta.endpoint_url.rstrip("/")
        api = http.create_api(Name="metered", ProtocolType="HTTP")["ApiId"]
        http.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
        away = http.create_integration(ApiId=api, IntegrationType="HTTP_PROXY", IntegrationMethod="GET", IntegrationUri=here + "/metrics", PayloadFormatVersion="1.0")["IntegrationId"]
        http.create_route(ApiId=api, RouteKey="GET /here", Target="integrations/" + away)
        for path in ("here", "nowhere"):
            try: urllib.request.urlopen(f"{here}/_aws/execute-api/{api}/{path}").read()
            except urllib.error.HTTPError as error: error.read()

        def total(space, name, statistic="Sum", **dimensions):
            now = datetime.datetime.now(datetime.timezone.utc)
            points = client("cloudwatch").get_metric_statistics(Namespace="AWS/" + space, MetricName=name, **(dict(Dimensions=[dict(Name=key, Value=value) for key, value in dimensions.items()]) if dimensions else {}),
                StartTime=now - datetime.timedelta(minutes=30), EndTime=now + datetime.timedelta(minutes=1), Period=3600, Statistics=[statistic])["Datapoints"]
            return sum(point[statistic] for point in points)
        def soon(expected, *asked, **dimensions):
            deadline = time.monotonic() + 30
            while (found := total(*asked, **dimensions)) != expected:
                assert time.monotonic() < deadline, (asked, dimensions, found)
                time.sleep(0.05)
        table, index = dict(TableName="metered"), dict(TableName="metered", GlobalSecondaryIndexName="by-kind")
        soon(4, "DynamoDB", "ConsumedWriteCapacityUnits", **table)
        soon(4, "DynamoDB", "ConsumedWriteCapacityUnits", **index)
        soon(1, "DynamoDB", "ConsumedReadCapacityUnits", **table)
        soon(0.5, "DynamoDB", "ConsumedReadCapacityUnits", **index)
        soon(1, "DynamoDB", "SuccessfulRequestLatency", "SampleCount", Operation="PutItem", **table)
        soon(1, "DynamoDB", "ConditionalCheckFailedRequests", **table)
        soon(1, "DynamoDB", "UserErrors")
        soon(3, "Kinesis", "IncomingRecords", StreamName="metered")
        soon(15, "Kinesis", "IncomingBytes", StreamName="metered")
        soon(2, "Kinesis", "GetRecords.Records", StreamName="metered")
        soon(1, "Kinesis", "GetRecords.IteratorAgeMilliseconds", "SampleCount", StreamName="metered")
        for name, expected in dict(MatchedEvents=1, TriggeredRules=1, Invocations=2, FailedInvocations=1).items(): soon(expected, "Events", name, RuleName="metered")
        for dimensions in (dict(ApiId=api), dict(ApiId=api, Stage="$default")):
            for name, expected in {"Count": 2, "4xx": 1, "5xx": 0}.items(): soon(expected, "ApiGateway", name, **dimensions)
            soon(2, "ApiGateway", "Latency", "SampleCount", **dimensions)
            soon(1, "ApiGateway", "IntegrationLatency", "SampleCount", **dimensions)
        """);

    [Fact]
    public async Task The_AWS_CLI_reads_what_invocations_left_also_after_a_restart()
    {
        await using var own = await WholeServer.StartAsync();
        await own.CreateAsync("counted", "exports.handler = async (event) => { if (event.fail) throw new Error('no'); };");
        for (var i = 0; i < 3; i++) await own.InvokeAsync("counted");
        await own.InvokeAsync("counted", """{"fail":true}""");
        await own.StopAsync();
        await own.InitializeAsync();
        await own.InvokeAsync("counted");

        Assert.Equal((5, 5, 0, 1), await ReadAsync("Invocations", "Name=FunctionName,Value=counted"));
        Assert.Equal((5, 1, 0, 1), await ReadAsync("Errors", "Name=FunctionName,Value=counted", "Name=Resource,Value=counted"));
        Assert.Equal((5, 0, 0, 0), await ReadAsync("Throttles"));
        var duration = await ReadAsync("Duration", "Name=FunctionName,Value=counted");
        Assert.Equal(5, duration.Count);
        Assert.InRange(duration.Maximum, 0.001, 10_000);

        async Task<(double Count, double Sum, double Minimum, double Maximum)> ReadAsync(string metric, params string[] dimensions)
        {
            var now = TimeProvider.System.GetUtcNow();
            var read = await ClientProcess.Aws(
                own.Address, ["cloudwatch", "get-metric-statistics", "--namespace", "AWS/Lambda", "--metric-name", metric, "--start-time", $"{now.AddMinutes(-30):O}",
                    "--end-time", $"{now.AddMinutes(1):O}", "--period", "3600", "--statistics", "SampleCount", "Sum", "Minimum", "Maximum",
                    .. dimensions.Length == 0 ? [] : dimensions.Prepend("--dimensions")]);
            var point = Assert.Single(System.Text.Json.JsonElement.Parse(read.Succeeded).GetProperty("Datapoints").EnumerateArray());
            return (Number("SampleCount"), metric == "Duration" ? 0 : Number("Sum"), metric == "Invocations" ? 0 : Number("Minimum"), Number("Maximum"));

            double Number(string name) => point.GetProperty(name).GetDouble();
        }
    }

    async Task Run(string script) => _ = (await ClientProcess.Boto3(server.Address, Preamble + script)).Succeeded;
}
