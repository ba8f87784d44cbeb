using Lambray.Aws;
using Lambray.Storage;
using Lambray.Tracing;
using Microsoft.Extensions.Time.Testing;

namespace Lambray.Tests.Tracing;

/// <summary>A database of X-Ray's settings with a clock, which can be closed and opened again.</summary>
sealed class XRaySettings : IAsyncDisposable
{
    public static readonly AwsHome Home = new("123456789012", "eu-central-1");

    readonly TemporaryDirectory directory = new();

    public XRaySettings() => Database = XRayDatabase.Open(directory.Path);

    public FakeTimeProvider Time { get; } = new(TestSegments.At(0).ToDateTimeOffset());

    public SqliteDatabase Database { get; private set; }

    public async Task ReopenAsync()
    {
        await Database.DisposeAsync();
        Database = XRayDatabase.Open(directory.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        directory.Dispose();
    }
}
