using Xunit;

namespace Lambray.Tests.Server.Logs;

/// <summary>CloudWatch Logs as boto3 uses it: every operation, paginators, tokens, errors.</summary>
public sealed class LogsFromPython(WholeServer server) : IClassFixture<WholeServer>
{
    const string Preamble = """
        import time
        logs = client("logs")
        now = int(time.time() * 1000)
        def check(actual, expected):
            assert actual == expected, (actual, expected)
        def refused(call, **arguments):
            try:
                call(**arguments)
            except botocore.exceptions.ClientError as e:
                assert e.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 501), e.response
                return e.response["Error"]["Code"], e.response["Error"]["Message"]
            raise AssertionError("was not refused")

        """;

    [Fact]
    public async Task Groups_and_streams_live_and_die() => await Run("""
        for name in ("/app/a", "/app/b", "/app/c", "/other"):
            logs.create_log_group(logGroupName=name, tags=dict(team="x"))
        check(refused(logs.create_log_group, logGroupName="/app/a"), ("ResourceAlreadyExistsException", "The specified log group already exists"))
        code, message = refused(logs.create_log_group, logGroupName="a b")
        assert code == "InvalidParameterException" and "'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern" in message, message
        groups = [g for page in logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix="/app", PaginationConfig=dict(PageSize=2)) for g in page["logGroups"]]
        assert [g["logGroupName"] for g in groups] == ["/app/a", "/app/b", "/app/c"], groups
        assert groups[0]["arn"] == "arn:aws:logs:eu-central-1:123456789012:log-group:/app/a:*" and groups[0]["storedBytes"] == 0 and "retentionInDays" not in groups[0], groups[0]
        assert [g["logGroupName"] for g in logs.describe_log_groups(logGroupNamePattern="pp/b")["logGroups"]] == ["/app/b"]
        logs.put_retention_policy(logGroupName="/app/a", retentionInDays=7)
        assert logs.describe_log_groups(logGroupNamePrefix="/app/a")["logGroups"][0]["retentionInDays"] == 7
        check(refused(logs.put_retention_policy, logGroupName="/app/a", retentionInDays=2)[0], "InvalidParameterException")
        logs.delete_retention_policy(logGroupName="/app/a")
        assert "retentionInDays" not in logs.describe_log_groups(logGroupNamePrefix="/app/a")["logGroups"][0]
        arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/app/a"
        logs.tag_resource(resourceArn=arn, tags=dict(stage="test"))
        logs.untag_resource(resourceArn=arn, tagKeys=["team"])
        assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == dict(stage="test")
        logs.tag_log_group(logGroupName="/app/b", tags=dict(a="1"))
        logs.untag_log_group(logGroupName="/app/b", tags=["team"])
        assert logs.list_tags_log_group(logGroupName="/app/b")["tags"] == dict(a="1")

        for i in range(5):
            logs.create_log_stream(logGroupName="/app/a", logStreamName=f"s{i}")
        check(refused(logs.create_log_stream, logGroupName="/app/a", logStreamName="s1"), ("ResourceAlreadyExistsException", "The specified log stream already exists"))
        check(refused(logs.create_log_stream, logGroupName="/nowhere", logStreamName="s1"), ("ResourceNotFoundException", "The specified log group does not exist."))
        for i, age in ((0, 5000), (1, 1000), (2, 9000)):
            logs.put_log_events(logGroupName="/app/a", logStreamName=f"s{i}", logEvents=[dict(timestamp=now - age, message="m")])
        def names(**more):
            return [s["logStreamName"] for page in logs.get_paginator("describe_log_streams").paginate(logGroupName="/app/a", PaginationConfig=dict(PageSize=2), **more) for s in page["logStreams"]]
        assert names() == ["s0", "s1", "s2", "s3", "s4"]
        assert names(descending=True) == ["s4", "s3", "s2", "s1", "s0"]
        assert names(orderBy="LastEventTime", descending=True) == ["s1", "s0", "s2", "s4", "s3"], names(orderBy="LastEventTime", descending=True)
        check(refused(logs.describe_log_streams, logGroupName="/app/a", orderBy="LastEventTime", logStreamNamePrefix="s"), ("InvalidParameterException", "Cannot order by LastEventTime with a logStreamNamePrefix."))
        stream = logs.describe_log_streams(logGroupName="/app/a", logStreamNamePrefix="s2")["logStreams"][0]
        assert stream["firstEventTimestamp"] == stream["lastEventTimestamp"] == now - 9000 and stream["arn"] == arn + ":log-stream:s2" and stream["uploadSequenceToken"], stream
        logs.delete_log_stream(logGroupName="/app/a", logStreamName="s2")
        check(refused(logs.get_log_events, logGroupName="/app/a", logStreamName="s2"), ("ResourceNotFoundException", "The specified log stream does not exist."))
        logs.delete_log_group(logGroupName="/app/a")
        check(refused(logs.delete_log_group, logGroupName="/app/a"), ("ResourceNotFoundException", "The specified log group does not exist."))
        code, message = refused(logs.start_query, logGroupName="/app/b", startTime=0, endTime=1, queryString="fields @message")
        assert code == "NotImplemented" and "StartQuery" in message, message
        """);

    [Fact]
    public async Task Batches_are_taken_by_the_rules_and_read_back_page_by_page() => await Run("""
        logs.create_log_group(logGroupName="/put")
        logs.create_log_stream(logGroupName="/put", logStreamName="one")
        put = lambda events: logs.put_log_events(logGroupName="/put", logStreamName="one", logEvents=[dict(timestamp=now + t, message=m) for t, m in events])
        day = 24 * 3600 * 1000
        answer = put([(-100, "first"), (-50, "zweite ä"), (0, "third\n")])
        assert "rejectedLogEventsInfo" not in answer and answer["nextSequenceToken"], answer
        check(refused(put, events=[(0, "b"), (-1, "a")]), ("InvalidParameterException", "Log events in a single PutLogEvents request must be in chronological order."))
        check(refused(put, events=[(-day - 1, "a"), (0, "b")]), ("InvalidParameterException", "The batch of log events in a single PutLogEvents request cannot span more than 24 hours."))
        check(refused(put, events=[(0, "x" * 600_000), (0, "x" * 600_000)]), ("InvalidParameterException", "Upload too large: 1200052 bytes exceeds limit of 1048576"))
        check(refused(put, events=[(0, "x")] * 10_001)[0], "InvalidParameterException")
        assert put([(-14 * day - 9000, "too old"), (-14 * day + 60_000, "just in time")])["rejectedLogEventsInfo"] == dict(tooOldLogEventEndIndex=1)
        assert put([(-15 * day, "much too old")])["rejectedLogEventsInfo"] == dict(tooOldLogEventEndIndex=1)
        assert put([(1, "now"), (3 * 3600 * 1000, "too new")])["rejectedLogEventsInfo"] == dict(tooNewLogEventStartIndex=1)

        get = lambda **more: logs.get_log_events(logGroupName="/put", logStreamName="one", **more)
        texts = lambda page: [e["message"] for e in page["events"]]
        assert texts(get()) == ["just in time", "first", "zweite ä", "third\n", "now"], get()
        head = get(limit=2, startFromHead=True)
        assert texts(head) == ["just in time", "first"]
        second = get(limit=2, nextToken=head["nextForwardToken"])
        assert texts(second) == ["zweite ä", "third\n"]
        last = get(limit=2, nextToken=second["nextForwardToken"])
        assert texts(last) == ["now"]
        end = get(nextToken=last["nextForwardToken"])
        assert texts(end) == [] and end["nextForwardToken"] == last["nextForwardToken"], end
        put([(2, "later")])
        assert texts(get(nextToken=end["nextForwardToken"])) == ["later"]
        assert texts(get(limit=2, nextToken=second["nextBackwardToken"])) == ["just in time", "first"]
        tail = get(limit=2)
        assert texts(tail) == ["now", "later"]
        assert texts(get(limit=2, nextToken=tail["nextBackwardToken"])) == ["zweite ä", "third\n"]
        assert texts(get(startTime=now - 50, endTime=now)) == ["zweite ä"]
        check(refused(get, nextToken="f/123"), ("InvalidParameterException", "The specified nextToken is invalid."))
        logs.put_retention_policy(logGroupName="/put", retentionInDays=3)
        assert put([(-3 * day - 60_000, "expired"), (-3 * day + 60_000, "kept")])["rejectedLogEventsInfo"] == dict(expiredLogEventEndIndex=1)
        assert texts(get(startFromHead=True, limit=1)) == ["kept"]
        """);

    [Fact]
    public async Task Filters_read_many_streams_in_the_order_of_time() => await Run("""
        logs.create_log_group(logGroupName="/filter")
        for s in ("a", "b"):
            logs.create_log_stream(logGroupName="/filter", logStreamName=s)
            logs.put_log_events(logGroupName="/filter", logStreamName=s, logEvents=[
                dict(timestamp=now + i * 10 + ord(s), message=json.dumps(dict(level="ERROR" if i % 3 == 0 else "INFO", n=i, s=s))) for i in range(30)])
        def found(**arguments):
            pages = list(logs.get_paginator("filter_log_events").paginate(logGroupName="/filter", PaginationConfig=dict(PageSize=7), **arguments))
            assert all(len(page["events"]) <= 7 and page["searchedLogStreams"] == [] for page in pages)
            events = [e for page in pages for e in page["events"]]
            assert len(set(e["eventId"] for e in events)) == len(events)
            return [(e["logStreamName"], json.loads(e["message"])["n"]) for e in events]
        assert found() == [(s, i) for i in range(30) for s in "ab"], found()
        assert found(filterPattern='{ $.level = "ERROR" && $.n > 20 }', logStreamNames=["b"]) == [("b", 21), ("b", 24), ("b", 27)]
        assert found(filterPattern="ERROR", startTime=now + 97 + 270, endTime=now + 98 + 270) == [("a", 27), ("b", 27)]
        assert found(logStreamNamePrefix="a", filterPattern="?missing ?INFO")[:2] == [("a", 1), ("a", 2)]
        check(refused(logs.filter_log_events, logGroupName="/filter", filterPattern="a:b"), ("InvalidParameterException", "Invalid character(s) in term 'a:b'"))
        check(refused(logs.filter_log_events, logGroupName="/filter", logStreamNames=["c"]), ("ResourceNotFoundException", "The specified log stream does not exist."))
        tested = logs.test_metric_filter(filterPattern="[ip, ..., status = 4*]", logEventMessages=["1.2.3.4 x 200", "1.2.3.4 y z 404"])["matches"]
        assert tested == [dict(eventNumber=2, eventMessage="1.2.3.4 y z 404", extractedValues={"$ip": "1.2.3.4", "$status": "404"})], tested
        """);

    async Task Run(string script) => _ = (await ClientProcess.Boto3(server.Address, Preamble + script)).Succeeded;
}
