using System.IO.Compression;
using Lambray.Aws;
using Lambray.Aws.Signing;
using Lambray.Server.Cli.AwsApi;

namespace Lambray.Bench.Functions;

/// <summary>Makes functions by the public API.</summary>
sealed class Deployment : IDisposable
{
    const string TrustPolicy =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    const int TimeoutSeconds = 20;

    // One whole processor by Lambda's rule: with less, other processes of the machine would go first.
    const int MemoryMegabytes = 1769;

    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan ActiveLimit = TimeSpan.FromMinutes(1);

    readonly AwsClient aws;
    readonly LambdaApi lambda;
    readonly Workplace place;
    readonly string role;
    readonly Dictionary<string, byte[]> packages = [];

    Deployment(AwsClient aws, Workplace place, string role) => (this.aws, lambda, this.place, this.role) = (aws, new LambdaApi(aws), place, role);

    public static async Task<Deployment> PrepareAsync(Uri server, Workplace place)
    {
        var aws = new AwsClient(server, new AwsCredentials("bench", "bench"), "us-east-1", TimeProvider.System);
        var iam = new IamApi(aws);
        var role = await iam.CreateRoleAsync("bench", TrustPolicy, CancellationToken.None);
        // Without it Active tracing is refused.
        await iam.AttachRolePolicyAsync("bench", "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess", CancellationToken.None);
        return new Deployment(aws, place, role);
    }

    /// <summary>Returns once the function can be invoked.</summary>
    /// <param name="tracingMode"><c>PassThrough</c> or <c>Active</c>.</param>
    public async Task CreateAsync(string name, Subject subject, string tracingMode = "PassThrough")
    {
        await lambda.CreateFunctionAsync(
            new(name, subject.Runtime, role, subject.Handler, new(PackageOf(subject)), TimeoutSeconds, MemoryMegabytes,
                new(subject.Variables), new(tracingMode)), CancellationToken.None);
        using var limit = new CancellationTokenSource(ActiveLimit);
        while ((await lambda.GetFunctionAsync(name, limit.Token)).State != "Active")
            await Task.Delay(PollInterval, TimeProvider.System, limit.Token);
    }

    /// <returns>False when the machine lacks what such functions run on.</returns>
    public async Task<bool> TryCreateAsync(string name, Subject subject)
    {
        try
        {
            await CreateAsync(name, subject);
            return true;
        }
        catch (AwsException error) when (error.Code == "InvalidParameterValueException")
        {
            return false;
        }
    }

    public void Dispose() => aws.Dispose();

    byte[] PackageOf(Subject subject)
    {
        if (packages.TryGetValue(subject.Package, out var package)) return package;
        using var bytes = new MemoryStream();
        ZipFile.CreateFromDirectory(place.Built("functions/" + subject.Package), bytes);
        return packages[subject.Package] = bytes.ToArray();
    }
}
