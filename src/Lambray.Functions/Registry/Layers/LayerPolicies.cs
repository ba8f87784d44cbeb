using System.Text.Json;
using Lambray.Aws;
using Lambray.Functions.Registry.Policies;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Functions.Registry.Layers;

/// <summary>Which other accounts may use which versions of layers. There is only one account here; the policies are kept for those who manage them.</summary>
public sealed class LayerPolicies(SqliteDatabase database, LayerRegistry layers, AwsHome home)
{
    const string Reads = "GetLayerPolicy";

    /// <summary>Policy and the ARN that it belongs to.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public (ResourcePolicy Policy, string Resource) GetPolicy(string layerName, long version)
    {
        var layer = Require(layerName, version);
        var policy = database.Read(connection => Find(connection, layer))
            ?? throw new AwsException("ResourceNotFoundException", 404, "No policy is associated with the given resource.");
        return (policy, layer.Arn);
    }

    /// <returns>The statement, as JSON, and the policy that it is in.</returns>
    /// <exception cref="AwsException">The layer's version is not there, the statement is, or the request breaks a limit.</exception>
    public async Task<(string Statement, ResourcePolicy Policy)> AddPermissionAsync(string layerName, long version, PermissionRequest request, Guid? expectedRevision)
    {
        var statement = request.ToLayerStatement();
        var layer = Require(layerName, version);
        // There is one writer, so nothing comes between reading and saving.
        var policy = await database.WriteAsync(connection =>
        {
            var grown = ResourcePolicy.Add(Find(connection, layer), statement, layer.Arn, revision: null, expectedRevision, Reads);
            Save(connection, layer, grown);
            return grown;
        });
        return (PolicyText.Of(statement, layer.Arn), policy);
    }

    /// <exception cref="AwsException">There is no such version or statement, or the policy has changed since that revision.</exception>
    public Task RemovePermissionAsync(string layerName, long version, string statementId, Guid? expectedRevision)
    {
        var layer = Require(layerName, version);
        return database.WriteAsync(connection =>
            Save(connection, layer, ResourcePolicy.Remove(Find(connection, layer), statementId, expectedRevision, Reads)));
    }

    LayerVersion Require(string layerName, long version) => layers.Find(layerName, version)
        ?? throw new AwsException("ResourceNotFoundException", 404, $"Layer version {LayerName.VersionArn(layerName, version, home)} does not exist.");

    static ResourcePolicy? Find(SqliteConnection connection, LayerVersion layer) => connection.One(
        "SELECT policy FROM layers WHERE name = $1 AND version = $2", row => row.TextOrNull(0), layer.Name, layer.Version) is { } json
        ? JsonSerializer.Deserialize(json, LayerJson.Default.ResourcePolicy)
        : null;

    static void Save(SqliteConnection connection, LayerVersion layer, ResourcePolicy? policy) => connection.Run(
        "UPDATE layers SET policy = $3 WHERE name = $1 AND version = $2", layer.Name, layer.Version,
        policy is null ? null : JsonSerializer.Serialize(policy, LayerJson.Default.ResourcePolicy));
}
