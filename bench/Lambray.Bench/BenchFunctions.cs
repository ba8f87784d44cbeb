using System.IO.Compression;
using Lambray.Aws.Signing;
using Lambray.Server.Cli.AwsApi;

namespace Lambray.Bench;

/// <summary>Makes the functions that are measured: Node.js that does nothing, deployed by the public API.</summary>
sealed class BenchFunctions : IDisposable
{
    const string Source = "exports.handler = async () => null;\n";
    const string TrustPolicy =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    const int TimeoutSeconds = 10;
    const int MemoryMegabytes = 128;

    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan ActiveLimit = TimeSpan.FromSeconds(30);

    readonly AwsClient aws;
    readonly LambdaApi lambda;
    readonly byte[] package = Package();
    readonly string role;

    BenchFunctions(AwsClient aws, string role) => (this.aws, lambda, this.role) = (aws, new LambdaApi(aws), role);

    public static async Task<BenchFunctions> PrepareAsync(Uri server)
    {
        var aws = new AwsClient(server, new AwsCredentials("bench", "bench"), "us-east-1", TimeProvider.System);
        var iam = new IamApi(aws);
        var role = await iam.CreateRoleAsync("bench", TrustPolicy, CancellationToken.None);
        // Without it Active tracing is refused.
        await iam.AttachRolePolicyAsync("bench", "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess", CancellationToken.None);
        return new BenchFunctions(aws, role);
    }

    /// <param name="tracingMode"><c>PassThrough</c> or <c>Active</c>.</param>
    public async Task CreateAsync(string name, string tracingMode)
    {
        await lambda.CreateFunctionAsync(
            new(name, "nodejs20.x", role, "index.handler", new(package), TimeoutSeconds, MemoryMegabytes,
                new(new Dictionary<string, string>()), new(tracingMode)), CancellationToken.None);
        using var limit = new CancellationTokenSource(ActiveLimit);
        while ((await lambda.GetFunctionAsync(name, limit.Token)).State != "Active")
            await Task.Delay(PollInterval, TimeProvider.System, limit.Token);
    }

    public void Dispose() => aws.Dispose();

    static byte[] Package()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
        using (var writer = new StreamWriter(archive.CreateEntry("index.js").Open())) writer.Write(Source);
        return bytes.ToArray();
    }
}
