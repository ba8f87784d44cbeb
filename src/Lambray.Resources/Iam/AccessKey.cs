namespace Lambray.Resources.Iam;

/// <summary>What a user signs with, until it is deleted.</summary>
public sealed record AccessKey(string Id, string UserName, string SecretAccessKey, bool IsActive, DateTimeOffset CreateDate, AccessKeyUse? LastUse = null);

/// <summary>The last request that was signed with a key, known to the quarter of an hour.</summary>
public sealed record AccessKeyUse(DateTimeOffset Time, string Service, string Region);

/// <summary>A key and the user whose it is.</summary>
public sealed record UserKey(AccessKey Key, CallerIdentity Caller);
