using Lambray.Bench.Processes;

namespace Lambray.Bench.Parts.S3;

/// <summary>S3 beside the disk below it, and from an object to the function that is told of it.</summary>
static class S3Parts
{
    public static async Task RunAsync(Workplace place)
    {
        await using var lambray = await LambrayProcess.StartAsync(place, prestartedMax: 0);
        await ObjectsBesideFiles.RunAsync(place, lambray);
        await ObjectToFunction.RunAsync(place, lambray);
    }
}
