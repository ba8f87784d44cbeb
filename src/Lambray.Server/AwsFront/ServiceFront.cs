using Lambray.Aws;
using Lambray.Server.AwsFront.Downstream;
using Lambray.Server.AwsFront.Forwarding;

namespace Lambray.Server.AwsFront;

/// <summary>Writes an error as the clients of one service expect it: status, headers and body.</summary>
public delegate Task AwsErrorFormat(HttpContext http, AwsException error);

/// <summary>One service behind the front.</summary>
/// <param name="Map">Adds its routes; a request that meets none of them is an operation that we lack.</param>
/// <param name="RequestBytesMax">Larger bodies are refused before they are read; null for streams of any length.</param>
/// <param name="OperationOf">What a request without a route asked for, to name it in the answer.</param>
public sealed record ServiceFront(
    AwsService Service, Action<IEndpointRouteBuilder> Map, AwsErrorFormat WriteError, long? RequestBytesMax, Func<HttpRequest, string?> OperationOf)
{
    /// <summary>How calls of functions to this service are shown in traces; null when they are not.</summary>
    public DownstreamForm? Downstream { get; init; }

    /// <summary>How it is passed on to an existing server in its place; null when it always is ours.</summary>
    public ForwardingForm? Forwarding { get; init; }

    /// <summary>How it lets requests in where signatures are asked for, when not by signature and policies.</summary>
    public Func<HttpContext, Task>? Admit { get; init; }
}
