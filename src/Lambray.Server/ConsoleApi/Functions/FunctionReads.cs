using Lambray.Aws;
using Lambray.Functions.EventSources;
using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.ExecutionEnvironments.Runtimes;
using Lambray.Functions.Invocation.Metrics;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Concurrency;
using Lambray.Functions.Registry.Urls;
using Lambray.Functions.Registry.Versions;
using Lambray.Resources.Iam;
using Lambray.Resources.Metrics;
using Lambray.Server.AwsFront.Urls;
using Lambray.Tracing.Sampling;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Functions;

/// <summary>The list of functions, and one function with all that is set for it.</summary>
static class FunctionReads
{
    // As many as a table of the browser sorts and filters without a pause; whoever has more uses the filter.
    const int ListMax = 2_000;

    // Each costs a few reads of the metrics.
    const int WithFiguresMax = 500;

    const int VersionsMax = 1_000;

    public static async Task<FunctionList> List(
        [FromServices] FunctionRegistry functions, [FromServices] EnvironmentPool environments, [FromServices] MetricStore metrics, [FromServices] TimeProvider time,
        int minutes = 60)
    {
        Asked.Within(minutes, "minutes", 30 * 24 * 60);
        var found = functions.List("", ListMax + 1);
        var living = environments.List().CountBy(started => started.Environment.Function.Name).ToDictionary();
        var now = time.GetUtcNow();
        var figures = new FunctionSums(metrics, now - TimeSpan.FromMinutes(minutes), now);
        var items = new List<FunctionListItem>(found.Count);
        foreach (var function in found.Take(ListMax))
        {
            (double, double, double)? sums = items.Count < WithFiguresMax ? await figures.OfAsync(function.Name) : null;
            items.Add(Item(function.Latest, living.GetValueOrDefault(function.Name), sums));
        }
        return new FunctionList(items, IsWhole: found.Count <= ListMax);
    }

    public static FunctionOptions Options([FromServices] IamDirectory iam) =>
        new([.. ManagedRuntimes.All.Select(runtime => new RuntimeOption(runtime, RuntimeGuide.HandlerOf(runtime)))], [.. iam.ListRoles().Select(role => role.Arn.ToString())]);

    public static async Task<RuntimeAvailability> Runtime(string runtime, [FromServices] RuntimeCatalog catalog)
    {
        if (!ManagedRuntimes.All.Contains(runtime)) throw Asked.Wrong($"'{runtime}' is no runtime.");
        return new RuntimeAvailability(await catalog.WhyUnavailableAsync(runtime));
    }

    /// <param name="qualifier">A version or an alias, whose settings are shown.</param>
    public static FunctionDetail Get(
        string name, string? qualifier, [FromServices] FunctionRegistry functions, [FromServices] FunctionVersions versions, [FromServices] EventSourceMappings mappings,
        [FromServices] ConcurrencyReservations reservations, [FromServices] ProvisionedConcurrencies provisioned, [FromServices] FunctionMetrics metrics,
        [FromServices] RolePermissions permissions, [FromServices] IamDirectory iam, [FromServices] LambdaSamplingSetting sampling, [FromServices] AwsHome home)
    {
        var asked = FunctionName.Parse(name, qualifier, home);
        var model = functions.Get(asked);
        var function = functions.GetRegistered(asked);
        var running = metrics.Figures.FirstOrDefault(entry => entry.Key == name).Value?.Executions ?? 0;
        return new FunctionDetail(
            model.Name, model.Arn, model.Version, Settings(model), RoleState.Of(model, permissions, iam), model.State.ToString(), model.LastUpdateStatus?.ToString(), model.Reason,
            model.CodeSha256, model.CodeSize, model.LastModified, model.RevisionId.ToString(), function.Tags,
            new ConcurrencyDetail(function.ReservedConcurrency, reservations.Unreserved(), running, [.. function.ProvisionedConcurrency.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => ProvisionedDetail.Of(entry.Key, entry.Value, provisioned.ReadinessOf(name, entry.Key)))]),
            [.. versions.List(asked, after: 0, VersionsMax).Select(version => new VersionDetail(version.Version, version.Description, version.CodeSha256, version.LastModified))],
            [.. function.Aliases.Values.OrderBy(alias => alias.Name, StringComparer.Ordinal).Select(AliasDetail.Of)],
            [.. function.Urls.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => UrlOf(entry.Key, entry.Value, home))],
            [.. function.Policies.OrderBy(entry => entry.Key, StringComparer.Ordinal).SelectMany(entry => entry.Value.Statements.Select(statement => PermissionDetail.Of(entry.Key, statement)))],
            [.. mappings.List(sourceArn: null, function: null, after: "", int.MaxValue).Where(mapping => mapping.Function.Name == model.Name).Select(MappingDetail.Of)],
            [.. function.EventInvokeConfigs.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => EventHandlingDetail.Of(entry.Key, entry.Value))],
            function.RecursiveLoop.ToString(), new LambdaSampling(sampling.Current.FirstPerMinute, sampling.Current.Rate));
    }

    static FunctionListItem Item(FunctionModel model, int environments, (double Invocations, double Errors, double Throttles)? sums) => new(
        model.Name, model.Description, model.Runtime, model.State.ToString(), model.LastUpdateStatus?.ToString(), model.MemorySize, model.Timeout, model.CodeSize, model.LastModified,
        model.TracingMode == TracingMode.Active, environments, sums?.Invocations, sums?.Errors, sums?.Throttles);

    static FunctionSettings Settings(FunctionModel model) => new(
        model.Runtime, model.Handler, model.Role, model.Description, model.MemorySize, model.Timeout, model.EphemeralStorage, model.Architecture,
        model.Variables ?? new Dictionary<string, string>(), model.TracingMode == TracingMode.Active, [.. model.Layers.Select(layer => layer.Arn)], model.LogFormat, model.LogGroup,
        model.ApplicationLogLevel, model.SystemLogLevel, model.DeadLetterTarget);

    static UrlDetail UrlOf(string qualifier, FunctionUrl url, AwsHome home) => new(
        qualifier, $"{FunctionUrlFront.PathPrefix}/{url.Id}/", $"{url.Id}.lambda-url.{home.Region}.localhost", url.AuthType, url.InvokeMode, url.Cors?.AllowOrigins ?? []);
}
