namespace Lambray.Aws;

/// <summary>The account and region that this server stands for; every ARN it hands out is made here.</summary>
public sealed record AwsHome(string AccountId, string Region)
{
    public const string DefaultAccountId = "000000000000";
    public const string DefaultRegion = "us-east-1";

    /// <summary>An ARN of a regional resource, such as a function or a table.</summary>
    public Arn Regional(string service, string resource) => new("aws", service, Region, AccountId, resource);

    /// <summary>An ARN of a resource that all regions share, such as a role.</summary>
    public Arn Global(string service, string resource) => new("aws", service, "", AccountId, resource);
}
