namespace Lambray.Functions.EventSources;

/// <summary>What a mapping says about its last batch (<c>LastProcessingResult</c>).</summary>
static class ProcessingResults
{
    public const string None = "No records processed";
    public const string Good = "OK";
    public const string FunctionFailed = "PROBLEM: Function call failed";

    /// <summary>Nothing can be read: this server does not have the service.</summary>
    public static string NotServed(EventSourceKind kind) => $"PROBLEM: Connection error. {kind.ServiceName} is not available on this server, so nothing is read.";

    /// <summary>Reading ended with an error; it is begun anew.</summary>
    public static string Broken(string why) => $"PROBLEM: Connection error. {why}";
}
