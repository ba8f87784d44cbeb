using Lambray.Server.Cli.AwsApi;

namespace Lambray.Server.Cli.Demo;

/// <summary>The calls that the service map of the demo has to show: client → AWS::Lambda → AWS::Lambda::Function → AWS::S3.</summary>
public static class ExpectedMap
{
    static readonly string[] Path = ["client", "AWS::Lambda", "AWS::Lambda::Function", "AWS::S3"];

    /// <summary>The edges that are not there; none when the map is whole.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyList<ServiceItem> services)
    {
        var typeOf = services.ToDictionary(service => service.ReferenceId, service => service.Type);
        var edges = services.SelectMany(service => service.Edges.Select(edge => (service.Type, typeOf.GetValueOrDefault(edge.ReferenceId)))).ToHashSet();
        return [.. Path.Zip(Path.Skip(1)).Where(step => !edges.Contains(step)).Select(step => $"{step.First} → {step.Second} on the service map")];
    }
}
