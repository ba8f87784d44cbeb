using System.IO.Compression;
using Lambray.Aws;
using Lambray.Functions.ExecutionEnvironments.Runtimes;
using Lambray.Functions.Registry;
using Lambray.Resources.Iam;
using Lambray.Resources.S3;

namespace Lambray.Server.ConsoleApi.Start;

/// <summary>The function of <c>samples/first-trace</c> with its role and bucket, made by the rooms that the AWS APIs use.</summary>
sealed class SampleFunction(
    FunctionRegistry functions, CodeSource code, ExecutionRoles roles, IamDirectory iam, BucketStore buckets, RuntimeCatalog runtimes, AwsHome home) : IDisposable
{
    public const string Name = "first-trace";

    const int TimeoutSeconds = 30;
    const int MemoryMegabytes = 256;

    static readonly (string Runtime, string Handler, string File)[] Sources =
    [
        ("nodejs22.x", "index.handler", "index.mjs"),
        ("python3.13", "lambda_function.lambda_handler", "lambda_function.py"),
    ];

    // Two clicks at once make one function.
    readonly SemaphoreSlim making = new(1, 1);

    string Bucket => $"{Name}-{home.AccountId}";

    /// <summary>The function, ready to be invoked; what is there already stays as it is.</summary>
    /// <exception cref="AwsException">This machine runs none of the languages that the sample is written in.</exception>
    public async Task<FunctionName> EnsureAsync(CancellationToken cancellation)
    {
        var name = new FunctionName(Name, Qualifier: null);
        await making.WaitAsync(cancellation);
        try
        {
            if (functions.Find(Name) is null) await CreateAsync();
            await functions.SettledAsync(name, cancellation);
            return name;
        }
        finally
        {
            making.Release();
        }
    }

    public void Dispose() => making.Dispose();

    async Task CreateAsync()
    {
        var (runtime, handler, file) = await ChooseAsync();
        await EnsureBucketAsync();
        var config = new FunctionConfig
        {
            Runtime = runtime,
            Handler = handler,
            Role = await EnsureRoleAsync(),
            Description = "A first function to see a trace of, made by the console's start page",
            Timeout = TimeoutSeconds,
            MemorySize = MemoryMegabytes,
            TracingMode = nameof(TracingMode.Active),
            Variables = new Dictionary<string, string> { ["BUCKET"] = Bucket },
        };
        await functions.CreateAsync(Name, config, await code.ReadAsync(Zip(file), bucket: null, key: null, objectVersion: null, "function code"));
    }

    async Task<(string Runtime, string Handler, string File)> ChooseAsync()
    {
        string? why = null;
        foreach (var source in Sources)
        {
            if (await runtimes.WhyUnavailableAsync(source.Runtime) is not { } unavailable) return source;
            why ??= unavailable;
        }
        throw LambdaErrors.InvalidParameter(why!);
    }

    async Task EnsureBucketAsync()
    {
        try
        {
            await buckets.CreateBucket(Bucket);
        }
        catch (AwsException error) when (error.Code == "BucketAlreadyOwnedByYou")
        {
        }
    }

    async Task<string> EnsureRoleAsync()
    {
        var role = await roles.EnsureAsync($"{Name}-role");
        await roles.GrantTracingAsync(role.Arn.ToString());
        await iam.PutRolePolicy(
            role.RoleName, "put-greetings", $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::{{Bucket}}/*"}]}""");
        return role.Arn.ToString();
    }

    static byte[] Zip(string file)
    {
        using var source = typeof(SampleFunction).Assembly.GetManifestResourceStream($"samples/{Name}/{file}")
            ?? throw new InvalidOperationException($"The server's binary lacks {file} of the sample {Name}.");
        var zipped = new MemoryStream();
        using (var archive = new ZipArchive(zipped, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry(file).Open();
            source.CopyTo(entry);
        }
        return zipped.ToArray();
    }
}
