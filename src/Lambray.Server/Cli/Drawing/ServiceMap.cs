using System.Globalization;
using Lambray.Server.Cli.AwsApi;

namespace Lambray.Server.Cli.Drawing;

/// <summary>The service map as a tree: each client, beneath it what it calls, and so on.</summary>
public static class ServiceMap
{
    const string ClientType = "client";

    public static IEnumerable<InkedLine> Draw(IReadOnlyList<ServiceItem> services)
    {
        var calls = Walk(services).ToArray();
        var guides = TreeGuides.Of([.. calls.Select(call => call.Depth)]);
        InkedText[] header = [Faint("Service"), Faint("Type"), Faint("Requests"), Faint("Average"), Faint("OK"), Faint("Error"), Faint("Throttle"), Faint("Fault")];
        return Columns.Align([header, .. calls.Select((call, index) => Row(call, guides[index]))], 2, 3, 4, 5, 6, 7);
    }

    // A service that several others call stands in full where it is met first; the other calls only point to it.
    static IEnumerable<Call> Walk(IReadOnlyList<ServiceItem> services)
    {
        var byId = services.ToDictionary(service => service.ReferenceId);
        var called = services.SelectMany(service => service.Edges).Select(edge => edge.ReferenceId).ToHashSet();
        var drawn = new HashSet<int>();
        // Services that only call each other in a ring come last: nobody outside leads to them.
        foreach (var top in services.Where(service => !called.Contains(service.ReferenceId)).Concat(services))
        {
            if (drawn.Contains(top.ReferenceId)) continue;
            var rest = new Stack<(ServiceItem Service, int Depth)>([(top, 0)]);
            while (rest.TryPop(out var next))
            {
                var again = !drawn.Add(next.Service.ReferenceId);
                yield return new Call(next.Service, next.Depth, again);
                if (again) continue;
                foreach (var edge in next.Service.Edges.Reverse())
                    if (byId.TryGetValue(edge.ReferenceId, out var callee)) rest.Push((callee, next.Depth + 1));
            }
        }
    }

    static InkedText[] Row(Call call, string guide)
    {
        var (service, _, again) = call;
        InkedText name = guide + (service.Type == ClientType ? "client" : service.Name ?? "?");
        if (service.Type == ClientType) return [name];
        if (again) return [name, Faint($"{service.Type} (above)".TrimStart())];
        if (service.SummaryStatistics is not { } statistics) return [name, Faint(service.Type ?? "")];
        return
        [
            name, Faint(service.Type ?? ""), Count(statistics.TotalCount),
            Durations.Of(statistics.TotalCount == 0 ? 0 : statistics.TotalResponseTime / statistics.TotalCount),
            Counted(statistics.OkCount, Ink.Ok), Counted(statistics.ErrorStatistics.OtherCount, Ink.Error),
            Counted(statistics.ErrorStatistics.ThrottleCount, Ink.Throttle), Counted(statistics.FaultStatistics.TotalCount, Ink.Fault),
        ];
    }

    static InkedText Counted(long count, Ink ink) => new(Count(count), count > 0 ? ink : Ink.Faint);

    static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    static InkedText Faint(string text) => new(text, Ink.Faint);

    readonly record struct Call(ServiceItem Service, int Depth, bool Again);
}
