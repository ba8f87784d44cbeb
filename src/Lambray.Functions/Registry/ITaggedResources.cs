using Lambray.Aws;

namespace Lambray.Functions.Registry;

/// <summary>Something other than functions that can be tagged, by ARN.</summary>
public interface ITaggedResources
{
    /// <summary>What its ARNs have before the id: <c>code-signing-config</c>, <c>event-source-mapping</c>.</summary>
    string ArnResource { get; }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    IReadOnlyDictionary<string, string> GetTags(string arn);

    /// <param name="change">May refuse by an exception; then nothing is changed.</param>
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    Task ChangeTagsAsync(string arn, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change);
}
