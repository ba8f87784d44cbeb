using System.Text;

namespace Lambray.Bench;

/// <summary>A request as it goes over the wire, built once so that sending it costs nothing that is not measured, and the body that must come back.</summary>
sealed record PreparedRequest(Uri Server, byte[] Bytes, byte[] ExpectedBody)
{
    const string Event = """{"key":"value"}""";

    public static PreparedRequest Echo(Uri server) => Post(server, "/", "", Event);

    /// <summary>A synchronous Invoke of a function that returns null.</summary>
    /// <param name="traceHeader">Null for none.</param>
    public static PreparedRequest Invoke(Uri server, string function, string? traceHeader) =>
        Post(server, $"/2015-03-31/functions/{function}/invocations", traceHeader is null ? "" : $"X-Amzn-Trace-Id: {traceHeader}\r\n", "null");

    static PreparedRequest Post(Uri server, string path, string header, string expectedBody) => new(
        server,
        Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Event.Length}\r\n{header}\r\n{Event}"),
        Encoding.ASCII.GetBytes(expectedBody));
}
