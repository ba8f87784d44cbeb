using System.Globalization;
using System.Text;

namespace Lambray.DotNetRuntime;

/// <summary>The Runtime API, version 2018-06-01, as the platform serves it to this execution environment.</summary>
/// <param name="authority">Host and port, as in <c>AWS_LAMBDA_RUNTIME_API</c>.</param>
sealed class RuntimeApi(string authority)
{
    const string Root = "/2018-06-01/runtime";
    const string NextPath = Root + "/invocation/next";

    HttpConnection? connection;

    /// <summary>Waits for the next event.</summary>
    public Invocation Next() => InvocationOf(Request(NextPath));

    /// <summary>Answers one event and waits for the next.</summary>
    public Invocation AnswerAndNext(Invocation invocation, Outcome outcome)
    {
        var answers = Exchange([AnswerTo(invocation, outcome), Get(NextPath)]);
        // The platform tells its caller why it refused, for instance a response that is too large. The next event is still welcome.
        if (answers[0].Status >= 400) Console.Error.WriteLine($"The Runtime API answered {answers[0].Status}: {answers[0].Text}");
        if (answers[0].Status >= 500) throw new IOException($"The Runtime API answered {answers[0].Status}.");
        return InvocationOf(answers[1]);
    }

    public void ReportInitError(ErrorReport report) => Exchange([Post(Root + "/init/error", ErrorHeaders(report), report.Body)]);

    /// <summary>Asks for anything by GET.</summary>
    public HttpAnswer Request(string path) => Exchange([Get(path)])[0];

    static Invocation InvocationOf(HttpAnswer answer) => answer.Status == 200
        ? new Invocation(answer)
        : throw new IOException($"The Runtime API answered {answer.Status} when asked for the next event: {answer.Text}");

    HttpRequest AnswerTo(Invocation invocation, Outcome outcome)
    {
        var attempt = invocation.AttemptId is { } id ? $"Lambda-Runtime-Invocation-Id: {id}\r\n" : "";
        return outcome.Error is { } error
            ? Post($"{Root}/invocation/{invocation.RequestId}/error", attempt + ErrorHeaders(error), error.Body)
            : Post($"{Root}/invocation/{invocation.RequestId}/response", attempt, outcome.Response);
    }

    static string ErrorHeaders(ErrorReport report) =>
        $"Lambda-Runtime-Function-Error-Type: {report.Type}\r\nLambda-Runtime-Function-XRay-Error-Cause: {report.XRayCause}\r\n";

    HttpRequest Get(string path) => new($"GET {path} HTTP/1.1\r\nHost: {authority}\r\n\r\n", default);

    HttpRequest Post(string path, string headers, ArraySegment<byte> body) => new(string.Create(
        CultureInfo.InvariantCulture, $"POST {path} HTTP/1.1\r\nHost: {authority}\r\nContent-Type: application/json\r\n{headers}Content-Length: {body.Count}\r\n\r\n"), body);

    /// <summary>Sends all requests at once. Those that a closed connection left unanswered are sent again on a new one.</summary>
    List<HttpAnswer> Exchange(HttpRequest[] requests)
    {
        var answers = new List<HttpAnswer>(requests.Length);
        while (answers.Count < requests.Length)
        {
            connection ??= new HttpConnection(authority);
            try
            {
                connection.Send(Packet(requests.AsSpan(answers.Count)));
                while (answers.Count < requests.Length && connection is not null)
                {
                    answers.Add(connection.Receive());
                    if (answers[^1].ClosesConnection) Disconnect();
                }
            }
            // Servers close connections that were idle for the length of an invocation, or on which they refused a large body.
            catch (IOException) when (connection is { IsReused: true })
            {
                Disconnect();
            }
        }
        return answers;
    }

    static ReadOnlySpan<byte> Packet(ReadOnlySpan<HttpRequest> requests)
    {
        using var packet = new MemoryStream();
        foreach (var request in requests)
        {
            packet.Write(Encoding.UTF8.GetBytes(request.Head));
            packet.Write(request.Body);
        }
        return packet.GetBuffer().AsSpan(0, (int)packet.Length);
    }

    void Disconnect()
    {
        connection?.Dispose();
        connection = null;
    }

    // A class and no tuple: what is generic in a type of this assembly can be compiled beforehand.
    sealed class HttpRequest(string head, ArraySegment<byte> body)
    {
        public string Head => head;

        public ArraySegment<byte> Body => body;
    }
}
