using System.Text;

namespace Lambray.Bench.Load;

/// <summary>A request as it goes over the wire, built once so that sending it costs nothing that is not measured, and the body that must come back.</summary>
/// <param name="ExpectedBody">As it goes over the wire.</param>
sealed record PreparedRequest(Uri Server, byte[] Bytes, byte[] ExpectedBody)
{
    /// <summary>Of the answer.</summary>
    public string ExpectedStatus { get; init; } = "200";

    const string Event = """{"key":"value"}""";

    public static PreparedRequest Echo(Uri server) => Post(server, "/", "", Event);

    /// <summary>A synchronous Invoke of a function that returns null.</summary>
    /// <param name="headers">Further headers, such as <c>X-Amzn-Trace-Id: Sampled=1</c>.</param>
    public static PreparedRequest Invoke(Uri server, string function, params string[] headers) => Post(
        server, $"/2015-03-31/functions/{function}/invocations", string.Concat(headers.Select(header => header + "\r\n")), "null");

    /// <summary>An asynchronous Invoke, which is answered with nothing.</summary>
    public static PreparedRequest Accept(Uri server, string function) => Invoke(server, function, "X-Amz-Invocation-Type: Event") with { ExpectedBody = [], ExpectedStatus = "202" };

    /// <summary>An Invoke of a server that answers a null with nothing.</summary>
    public static PreparedRequest InvokeOfServerlessOffline(Uri server, string function) => Invoke(server, function) with { ExpectedBody = [] };

    /// <summary>Asks a new server, which has none, for its functions. The answer comes in chunks.</summary>
    public static PreparedRequest ListNoFunctions(Uri server) => new(
        server,
        Encoding.ASCII.GetBytes($"GET /2015-03-31/functions HTTP/1.1\r\nHost: {server.Authority}\r\n\r\n"),
        [.. "10\r\n{\"Functions\":[]}\r\n0\r\n\r\n"u8]);

    static PreparedRequest Post(Uri server, string path, string headers, string expectedBody) => new(
        server,
        Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Event.Length}\r\n{headers}\r\n{Event}"),
        Encoding.ASCII.GetBytes(expectedBody));
}
