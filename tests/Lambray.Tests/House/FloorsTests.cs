using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Lambray.Tests.House;

/// <summary>Dependencies run down: from higher projects to lower, and inside a project from higher rooms to lower.</summary>
public sealed partial class FloorsTests
{
    /// <summary>From the ground up. When a test fails, move the idea to where both its users can reach it; do not reorder this to get by.</summary>
    static readonly (string Project, string[] Rooms)[] Floors =
    [
        ("Lambray.Aws", ["Signing"]),
        // A program apart: nothing below may know it, nothing above may use it.
        ("Lambray.Daemon", ["Configuration", "Logging", "Credentials", "Service", "Receiving", "Sending", "Telemetry", "Proxying"]),
        ("Lambray.Storage", ["Rocks"]),
        ("Lambray.Tracing", ["Segments", "AccountSettings", "Sampling", "TraceStore", "Intake", "TraceQuery", "Groups", "Retrieval", "ServiceGraph", "Insights", "Indexing"]),
        ("Lambray.Resources", ["EventPatterns", "Iam", "S3", "Logs", "Metrics", "DynamoDb", "Messaging", "Sqs", "Sns", "Kinesis", "EventBridge", "ApiGateway"]),
        ("Lambray.Functions", ["Registry", "ExecutionEnvironments", "Invocation", "EventSources"]),
        ("Lambray.Server", ["Environments", "Daemon", "RuntimeApi", "Otlp", "AwsFront", "ConsoleApi", "Prometheus", "Hosting", "Cli"]),
    ];

    static readonly string Sources = Path.Combine(RepositoryRoot(), "src");

    [Fact]
    public void Every_project_and_room_has_its_floor()
    {
        var rooms = Directory.EnumerateDirectories(Sources)
            .SelectMany(project => Directory.EnumerateDirectories(project).Select(room => (Project: Path.GetFileName(project), Room: Path.GetFileName(room))))
            .Where(found => found.Room is not ("bin" or "obj"))
            .Where(found => HeightOf(found.Project, found.Room) is null);

        Assert.Empty(rooms);
    }

    [Fact]
    public void Dependencies_run_down()
    {
        var upward =
            from file in Directory.EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(Sources, file).Split(Path.DirectorySeparatorChar)
            where path.Length > 2 && path[1] is not ("bin" or "obj")
            let height = HeightOf(path[0], path[1])
            from Match reference in Reference().Matches(File.ReadAllText(file))
            where HeightOf("Lambray." + reference.Groups["project"].Value, reference.Groups["room"].Value) > height
            select $"{string.Join('/', path)} refers to {reference.Value}";

        Assert.Empty(upward);
    }

    [Fact]
    public void Only_the_server_knows_HTTP_servers()
    {
        var outside = Directory.EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("Lambray.Server", StringComparison.Ordinal) && File.ReadAllText(file).Contains("Microsoft.AspNetCore", StringComparison.Ordinal));

        Assert.Empty(outside);
    }

    // Files beside the rooms of a project are its vocabulary, beneath all of them.
    static int? HeightOf(string project, string room)
    {
        var floor = Array.FindIndex(Floors, floor => floor.Project == project);
        if (floor < 0) return null;
        var index = Array.IndexOf(Floors[floor].Rooms, room);
        return index >= 0 ? (floor * 100) + index + 1 : Directory.Exists(Path.Combine(Sources, project, room)) ? null : floor * 100;
    }

    static string RepositoryRoot([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));

    [GeneratedRegex(@"\bLambray\.(?<project>[A-Z]\w+)(\.(?<room>[A-Z]\w+))?")]
    private static partial Regex Reference();
}
