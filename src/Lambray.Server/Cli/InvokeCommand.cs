using System.CommandLine;
using System.Text;
using System.Text.Json;
using Lambray.Server.Cli.AwsApi;
using Lambray.Tracing.Segments;

namespace Lambray.Server.Cli;

/// <summary><c>lambray invoke NAME</c>: runs a function, always with a trace.</summary>
static class InvokeCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("name") { HelpName = "NAME", Description = "The function's name or ARN" };
        var payload = new Option<string>("--payload")
        {
            HelpName = "JSON|@FILE|-",
            Description = "The event: JSON, a file, or - for standard input",
            DefaultValueFactory = _ => "{}",
        };
        var asynchronous = new Option<bool>("--async") { Description = "Queue the event and do not wait for the function" };
        var json = JsonOutput.Option();
        var endpoint = Connection.EndpointOption();
        var command = new Command("invoke", "Invoke a function, traced") { name, payload, asynchronous, json, endpoint };
        command.SetAction((parsed, cancellation) => Connection.CallAsync(parsed.GetValue(endpoint), terminal, async aws =>
        {
            var body = await PayloadAsync(parsed.GetRequiredValue(payload), terminal, cancellation);
            var trace = TraceId.New(terminal.Time.GetUtcNow());
            var invocation = await new LambdaApi(aws).InvokeAsync(parsed.GetRequiredValue(name), body, parsed.GetValue(asynchronous), trace, cancellation);
            if (parsed.GetValue(json)) WriteJson(invocation, terminal);
            else Write(invocation, terminal);
            return invocation.FunctionError is null ? ExitCodes.Done : ExitCodes.Failed;
        }));
        return command;
    }

    static async Task<byte[]> PayloadAsync(string text, Terminal terminal, CancellationToken cancellation)
    {
        if (text == "-")
        {
            using var input = new MemoryStream();
            await terminal.Input.CopyToAsync(input, cancellation);
            return input.ToArray();
        }
        if (!text.StartsWith('@')) return Encoding.UTF8.GetBytes(text);
        try
        {
            return await File.ReadAllBytesAsync(text[1..], cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"--payload: {text[1..]} cannot be read: {error.Message}", ExitCodes.Misused, error);
        }
    }

    static void Write(Invocation invocation, Terminal terminal)
    {
        if (invocation.Payload.Length > 0) terminal.Say(Encoding.UTF8.GetString(invocation.Payload.Span));
        if (invocation.FunctionError is { } error) terminal.Note($"lambray: the function failed ({error})");
        terminal.Note($"Its trace: lambray trace {invocation.Trace}");
    }

    static void WriteJson(Invocation invocation, Terminal terminal) => terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("StatusCode", invocation.StatusCode);
        if (invocation.FunctionError is { } error) json.WriteString("FunctionError", error);
        json.WriteString("TraceId", invocation.Trace.ToString());
        if (invocation.Payload.Length > 0)
        {
            json.WritePropertyName("Payload");
            WritePayload(json, invocation.Payload);
        }
        json.WriteEndObject();
    });

    // Functions of custom runtimes may answer with anything.
    static void WritePayload(Utf8JsonWriter json, ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var value = JsonDocument.Parse(payload);
            value.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteStringValue(Encoding.UTF8.GetString(payload.Span));
        }
    }
}
