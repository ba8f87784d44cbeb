using System.Globalization;
using Lambray.Bench;
using Lambray.Bench.Parts;
using Lambray.Bench.Parts.S3;
using Lambray.Bench.Parts.XRay;
using Lambray.Bench.Processes;

(string Name, Func<Workplace, Task> Run)[] all =
[
    ("warm", WarmInvocations.RunAsync),
    ("offline", BesideEmulator.RunAsync),
    ("cold", Starts.RunColdAsync),
    ("pool", Starts.RunFromPoolAsync),
    ("beside", ColdBesideWarm.RunAsync),
    ("events", AsynchronousEvents.RunAsync),
    ("s3", S3Parts.RunAsync),
    ("registry", ManyFunctions.RunAsync),
    ("memory", EnvironmentMemory.RunAsync),
    ("aot", ServerFootprint.RunAsync),
    ("daemon", DaemonFootprint.RunAsync),
    ("xray", XRayParts.RunAsync),
    ("sqs", MessageQueues.RunAsync),
    ("dynamodb", TablesBesideStore.RunAsync),
    ("streams", RecordStreams.RunAsync),
    ("console", ConsolePages.RunAsync),
];

if (args is ["echo"])
{
    await EchoServer.RunAsync();
    return 0;
}
if (args is not [var built, .. var wanted] || !Directory.Exists(built))
{
    await Console.Error.WriteLineAsync("Lambray.Bench: is started by bench/run");
    return 2;
}
var sizes = Array.IndexOf(wanted, "--traces") is >= 0 and var at && at + 1 < wanted.Length ? wanted[at + 1] : "10000,100000";
int[] traceCounts = [.. sizes.Split(',').Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0)];
if (traceCounts.Any(count => count < 1))
{
    await Console.Error.WriteLineAsync($"bench/run: --traces: '{sizes}' is no list of numbers, such as 10000,100000");
    return 2;
}
var place = new Workplace(built, traceCounts, wanted.Contains("--aot"), Console.Out);
string[] names = [.. wanted.Where(word => word is not ("--aot" or "--traces") && word != sizes)];
if (names.FirstOrDefault(name => all.All(part => part.Name != name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"bench/run: no part '{unknown}'; there are: {string.Join(' ', all.Select(part => part.Name))}");
    return 2;
}
try
{
    foreach (var (name, run) in all.Where(part => names is [] || names.Contains(part.Name)))
    {
        await Console.Error.WriteLineAsync($"Measuring: {name} …");
        await run(place);
    }
    return 0;
}
// Caught here, so that on the way every server is told to end.
catch (Exception error)
{
    await Console.Error.WriteLineAsync($"bench/run: {error}");
    return 1;
}
