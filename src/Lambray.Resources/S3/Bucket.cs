namespace Lambray.Resources.S3;

/// <summary>A bucket: a name, and the region that its owner put it in.</summary>
public sealed record Bucket(string Name, string Region, DateTimeOffset CreationDate);
