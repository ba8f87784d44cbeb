using System.Text;
using System.Text.Json.Nodes;
using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.Invocation;
using Lambray.Functions.Invocation.Events;
using Lambray.Functions.Registry;
using Xunit;
using static Lambray.Tests.Functions.FunctionSamples;

namespace Lambray.Tests.Functions.Invocation.Events;

/// <summary>The record that destinations get, as AWS's was recorded.</summary>
public sealed class TellingOutcomes
{
    const string Arn = "arn:aws:lambda:us-east-1:111111111111:function:sample:$LATEST";

    [Fact]
    public void A_success_carries_what_the_function_answered() => AssertRecord(
        new EventOutcome(EventOutcome.Success, 1, new EventAnswer("$LATEST", Encoding.UTF8.GetBytes("""{"done":true}"""), Failure: null)),
        """
        {"version":"1.0","timestamp":"2026-02-03T04:05:06.000Z",
         "requestContext":{"requestId":"8476a536-e9f4-11e8-9739-2dfe598c3fcd","functionArn":"arn:aws:lambda:us-east-1:111111111111:function:sample:$LATEST","condition":"Success","approximateInvokeCount":1},
         "requestPayload":{"n":1},"responseContext":{"statusCode":200,"executedVersion":"$LATEST"},"responsePayload":{"done":true}}
        """);

    [Fact]
    public void A_failure_carries_the_last_error() => AssertRecord(
        new EventOutcome(EventOutcome.RetriesExhausted, 3, new EventAnswer("7", default, Failed)),
        """
        {"version":"1.0","timestamp":"2026-02-03T04:05:06.000Z",
         "requestContext":{"requestId":"8476a536-e9f4-11e8-9739-2dfe598c3fcd","functionArn":"arn:aws:lambda:us-east-1:111111111111:function:sample:$LATEST","condition":"RetriesExhausted","approximateInvokeCount":3},
         "requestPayload":{"n":1},"responseContext":{"statusCode":200,"executedVersion":"7","functionError":"Unhandled"},"responsePayload":{"errorType":"E","errorMessage":"no"}}
        """);

    [Fact]
    public void An_event_that_never_ran_has_no_response() => AssertRecord(
        new EventOutcome(EventOutcome.ZeroReservedConcurrency, 0, Answer: null),
        """
        {"version":"1.0","timestamp":"2026-02-03T04:05:06.000Z",
         "requestContext":{"requestId":"8476a536-e9f4-11e8-9739-2dfe598c3fcd","functionArn":"arn:aws:lambda:us-east-1:111111111111:function:sample:$LATEST","condition":"ZeroReservedConcurrency","approximateInvokeCount":0},
         "requestPayload":{"n":1}}
        """);

    [Fact]
    public void An_answer_that_is_no_JSON_is_told_as_text()
    {
        var outcome = new EventOutcome(EventOutcome.Success, 1, new EventAnswer("$LATEST", "plain text"u8.ToArray(), Failure: null));
        Assert.Equal("plain text", Record(outcome)["responsePayload"]!.GetValue<string>());
    }

    [Fact]
    public void A_dead_letter_says_what_went_wrong()
    {
        var failed = new EventOutcome(EventOutcome.RetriesExhausted, 3, new EventAnswer("$LATEST", default, Failed));
        Assert.Equal((200, "no"), (failed.ErrorCode, failed.ErrorMessage));
        var neverRun = new EventOutcome(EventOutcome.EventAgeExceeded, 0, Answer: null);
        Assert.Equal((429, "EventAgeExceeded"), (neverRun.ErrorCode, neverRun.ErrorMessage));
    }

    static FunctionFailure Failed => FunctionFailure.Reported(new RuntimeError("""{"errorType":"E","errorMessage":"no"}"""u8.ToArray(), "E", null));

    static JsonNode Record(EventOutcome outcome)
    {
        var queued = new QueuedEvent(new FunctionName("sample", null), RequestId, Trace(), null, Now, Now);
        return JsonNode.Parse(outcome.ToRecord(queued, Arn, """{"n":1}"""u8, Now))!;
    }

    static void AssertRecord(EventOutcome outcome, string expected) => Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), Record(outcome).ToJsonString());
}
