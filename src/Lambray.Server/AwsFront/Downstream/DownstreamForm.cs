namespace Lambray.Server.AwsFront.Downstream;

/// <summary>How calls of a service look in a trace, as the X-Ray SDKs would have written them.</summary>
/// <param name="Name">Of the subsegment.</param>
/// <param name="Describe">What was called and with what, once the request has been served.</param>
public sealed record DownstreamForm(string Name, Func<HttpContext, DownstreamDescription> Describe);

/// <param name="Operation">Null when it is none that the service knows.</param>
/// <param name="Parameters">Fields of the <c>aws</c> block, such as <c>bucket_name</c>.</param>
public sealed record DownstreamDescription(string? Operation, params IReadOnlyList<(string Name, string? Value)> Parameters)
{
    /// <summary>Fields that are numbers, such as <c>scanned_count</c>.</summary>
    public IReadOnlyList<(string Name, int? Value)> Counts { get; init; } = [];

    /// <summary>Fields that are lists, such as <c>table_names</c>.</summary>
    public IReadOnlyList<(string Name, IReadOnlyCollection<string> Values)> Lists { get; init; } = [];
}
