namespace Lambray.Daemon.Service;

/// <summary>Where the services of AWS are reached, by the partition that a region belongs to.</summary>
static class ServiceEndpoint
{
    public static Uri Of(string service, string region) => new($"https://{service}.{region}.{Domain(region)}");

    static string Domain(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "amazonaws.com.cn",
        _ when region.StartsWith("us-isob-", StringComparison.Ordinal) => "sc2s.sgov.gov",
        _ when region.StartsWith("us-iso-", StringComparison.Ordinal) => "c2s.ic.gov",
        _ => "amazonaws.com",
    };
}
