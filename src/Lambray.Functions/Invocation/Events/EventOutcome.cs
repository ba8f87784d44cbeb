using System.Globalization;
using System.Text.Json;

namespace Lambray.Functions.Invocation.Events;

/// <summary>How an asynchronous event ended, for those who are to be told ("Capturing records of Lambda asynchronous invocations" in the Developer Guide).</summary>
/// <param name="Condition">Why it is over: one of the names below.</param>
/// <param name="InvokeCount">How many times the function ran for it.</param>
/// <param name="Answer">What the function said last; null when it never ran.</param>
public sealed record EventOutcome(string Condition, int InvokeCount, EventAnswer? Answer)
{
    public const string Success = nameof(Success);
    public const string RetriesExhausted = nameof(RetriesExhausted);
    public const string EventAgeExceeded = nameof(EventAgeExceeded);
    public const string ZeroReservedConcurrency = nameof(ZeroReservedConcurrency);

    /// <summary>AWS's name for this one is not documented.</summary>
    public const string RecursiveLoop = nameof(RecursiveLoop);

    const string TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    const int Throttled = 429;

    public bool IsSuccess => Condition == Success;

    /// <summary>For dead-letter queues: the status that the invocation would have had as a request.</summary>
    public int ErrorCode => Answer is null ? Throttled : EventAnswer.StatusCode;

    public string ErrorMessage => Answer?.ErrorMessage ?? Condition;

    /// <summary>The record that destinations get.</summary>
    /// <param name="functionArn">With its qualifier, <c>$LATEST</c> if it was invoked without one.</param>
    public byte[] ToRecord(QueuedEvent ended, string functionArn, ReadOnlySpan<byte> payload, DateTimeOffset now)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.0");
            json.WriteString("timestamp", now.UtcDateTime.ToString(TimestampFormat, CultureInfo.InvariantCulture));
            json.WriteStartObject("requestContext");
            json.WriteString("requestId", ended.RequestId);
            json.WriteString("functionArn", functionArn);
            json.WriteString("condition", Condition);
            json.WriteNumber("approximateInvokeCount", InvokeCount);
            json.WriteEndObject();
            json.WritePropertyName("requestPayload");
            json.WriteRawValue(payload);
            Answer?.WriteTo(json);
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }
}

/// <summary>A function's last word on an event.</summary>
/// <param name="Failure">Null when it went well.</param>
public sealed record EventAnswer(string ExecutedVersion, ReadOnlyMemory<byte> Payload, FunctionFailure? Failure)
{
    public const int StatusCode = 200;

    public string? ErrorMessage => Failure?.Message;

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject("responseContext");
        json.WriteNumber("statusCode", StatusCode);
        json.WriteString("executedVersion", ExecutedVersion);
        if (Failure is not null) json.WriteString("functionError", "Unhandled");
        json.WriteEndObject();
        json.WritePropertyName("responsePayload");
        WritePayload(json, (Failure?.Body ?? Payload).Span);
    }

    // Custom runtimes may answer with anything; what is no JSON is told as text.
    static void WritePayload(Utf8JsonWriter json, ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        try
        {
            if (reader.Read())
            {
                reader.Skip();
                if (!reader.Read())
                {
                    json.WriteRawValue(payload, skipInputValidation: true);
                    return;
                }
            }
        }
        catch (JsonException)
        {
            // Written as text below.
        }
        json.WriteStringValue(System.Text.Encoding.UTF8.GetString(payload));
    }
}
