using System.Globalization;
using Lambray.Aws;

namespace Lambray.Functions.Registry.Versions;

/// <summary>The published versions of functions ("Manage Lambda function versions" in the Developer Guide).</summary>
public sealed class FunctionVersions(FunctionStore store, CodeQuota quota, AwsHome home, TimeProvider time)
{
    /// <summary>Publishes <c>$LATEST</c>; when it has not changed since it was last published, answers with that version.</summary>
    /// <param name="codeSha256">What the code is expected to be, if anything.</param>
    /// <exception cref="AwsException">The function is not there, not ready, or not what was expected.</exception>
    public async Task<FunctionModel> PublishAsync(FunctionName name, string? description, string? codeSha256, Guid? expectedRevision)
    {
        new Validation().RequireLength(description, "description", 0, 256).ThrowIfAny();
        using var held = await store.LockAsync(name.Name);
        var function = store.Find(name.Name) ?? throw LambdaErrors.FunctionNotFound(name.UnqualifiedArn(home).ToString());
        var latest = function.Latest;
        if (expectedRevision is { } expected && expected != latest.RevisionId) throw LambdaErrors.RevisionMismatch();
        if (latest.State != FunctionState.Active) throw LambdaErrors.NotActive(latest.State);
        if (latest.IsBeingPrepared) throw LambdaErrors.UpdateInProgress(latest.Arn);
        if (!string.IsNullOrEmpty(codeSha256) && codeSha256 != latest.CodeSha256)
            throw LambdaErrors.InvalidParameter(
                $"CodeSHA256 ({codeSha256}) is different from current CodeSHA256 in $LATEST ({latest.CodeSha256}). Please try again with the CodeSHA256 in $LATEST.");
        if (!Publication.IsNew(function) && FindLast(function) is { } last) return last;
        quota.RequireRoom(latest.CodeSize);
        var (published, version) = Publication.Publish(function, description, time.GetUtcNow());
        // As recorded: $LATEST has a new revision too.
        await store.SaveAsync(published with { Latest = latest with { RevisionId = Guid.NewGuid() } }, version);
        return version;
    }

    /// <summary><c>$LATEST</c>, then the published ones in the order of their numbers; from behind the one named.</summary>
    /// <param name="after">Null to begin with <c>$LATEST</c>; 0 for all published ones.</param>
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public IReadOnlyList<FunctionModel> List(FunctionName name, long? after, int count)
    {
        var function = store.Find(name.Name) ?? throw LambdaErrors.FunctionNotFound(name.UnqualifiedArn(home).ToString());
        return after is { } number ? store.ListVersions(name.Name, number, count) : [function.Latest, .. store.ListVersions(name.Name, 0, count - 1)];
    }

    // The last may have been deleted, and then there is one to publish again.
    FunctionModel? FindLast(RegisteredFunction function) =>
        store.FindVersion(function.Name, function.LastVersion.ToString(CultureInfo.InvariantCulture));
}
