using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Storage;

namespace Lambray.Functions.Registry.Layers;

/// <summary>All layers with their versions: durable, served from memory ("Managing Lambda dependencies with layers" in the Developer Guide).</summary>
public sealed class LayerRegistry : IDisposable
{
    readonly SqliteDatabase database;
    readonly CodeStore code;
    readonly AwsHome home;
    readonly TimeProvider time;
    readonly ConcurrentDictionary<(string Name, long Version), LayerVersion> versions = [];
    readonly SemaphoreSlim publishing = new(1, 1);

    public LayerRegistry(SqliteDatabase database, CodeStore code, AwsHome home, TimeProvider time)
    {
        (this.database, this.code, this.home, this.time) = (database, code, home, time);
        foreach (var version in database.Read(connection => connection.All("SELECT model FROM layers WHERE model IS NOT NULL", row => Read(row.GetString(0)))))
            versions[(version.Name, version.Version)] = version;
    }

    /// <summary>Keeps the content as the layer's next version.</summary>
    /// <exception cref="AwsException">The name, the settings or the zip are not acceptable.</exception>
    public async Task<LayerVersion> PublishAsync(string layerName, LayerConfig config, ReadOnlyMemory<byte> zip)
    {
        var name = LayerName.Parse(layerName, home);
        LayerValidation.Check(config);
        var content = await code.AddAsync(zip);
        code.Unpack(content.Sha256);
        await publishing.WaitAsync();
        try
        {
            var last = database.Read(connection => connection.One("SELECT max(version) FROM layers WHERE name = $1", row => row.IsDBNull(0) ? 0 : row.GetInt64(0), name));
            var published = new LayerVersion(
                name, last + 1, home.Regional("lambda", $"layer:{name}").ToString(), content, time.GetUtcNow(), config.Description ?? "", config.LicenseInfo,
                config.CompatibleRuntimes, config.CompatibleArchitectures);
            var json = JsonSerializer.Serialize(published, LayerJson.Default.LayerVersion);
            await database.WriteAsync(connection =>
            {
                connection.Run("INSERT INTO layers (name, version, model, code_size) VALUES ($1, $2, $3, $4)", name, published.Version, json, content.Size);
                connection.Run("INSERT INTO code_uses (owner, sha256) VALUES ($1, $2)", CodeOwner((name, published.Version)), content.Sha256);
            });
            versions[(name, published.Version)] = published;
            return published;
        }
        finally
        {
            publishing.Release();
        }
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public LayerVersion Get(string layerName, long version) => Find(Require(layerName, version)) ?? throw LayerName.NotFound();

    /// <inheritdoc cref="Get"/>
    public LayerVersion GetByArn(string arn) => Find(LayerName.ParseVersionArn(arn, home)) ?? throw LayerName.NotFound();

    /// <summary>The versions of a layer, newest first; empty for a layer that does not exist.</summary>
    public IReadOnlyList<LayerVersion> ListVersions(string layerName)
    {
        var name = LayerName.Parse(layerName, home);
        return [.. versions.Values.Where(version => version.Name == name).OrderByDescending(version => version.Version)];
    }

    /// <summary>Every version there is, newest of each layer first, in the order of the layers' names.</summary>
    public IReadOnlyList<LayerVersion> List() =>
        [.. versions.Values.OrderBy(version => version.Name, StringComparer.Ordinal).ThenByDescending(version => version.Version)];

    /// <summary>Forgets a version; functions that use it keep it. Nothing happens when there is none.</summary>
    public async Task DeleteAsync(string layerName, long version)
    {
        var key = Require(layerName, version);
        // The row stays, without its model: its number must not be given again.
        await database.WriteAsync(connection =>
        {
            connection.Run("UPDATE layers SET model = NULL, code_size = 0 WHERE name = $1 AND version = $2", key.Name, key.Version);
            connection.Run("DELETE FROM code_uses WHERE owner = $1", CodeOwner(key));
        });
        versions.TryRemove(key, out _);
    }

    /// <summary>The layers that a function asks for, in its order.</summary>
    /// <exception cref="AwsException">One is malformed, not there, of elsewhere, or a second version of another.</exception>
    public IReadOnlyList<FunctionLayer> Resolve(IReadOnlyList<string> arns)
    {
        if (arns.Count > LayerValidation.LayersPerFunctionMax)
            throw LambdaErrors.InvalidParameter($"Cannot reference more than {LayerValidation.LayersPerFunctionMax} layers.");
        LayerName.CheckReferences(arns, home);
        return [.. arns.Select(arn => Find(LayerName.ParseVersionArn(arn, home)) is { } found
            ? new FunctionLayer(arn, found.Content)
            : throw LambdaErrors.InvalidParameter($"Layer version {arn} does not exist."))];
    }

    public Stream OpenContent(LayerVersion version) => code.OpenZip(version.Content.Sha256);

    public void Dispose() => publishing.Dispose();

    LayerVersion? Find((string Name, long Version) key) => versions.GetValueOrDefault(key);

    (string Name, long Version) Require(string layerName, long version)
    {
        var name = LayerName.Parse(layerName, home);
        return version >= 1 ? (name, version) : throw LambdaErrors.InvalidParameter("Layer Version Cannot be less than 1");
    }

    // No function's name begins like this.
    static string CodeOwner((string Name, long Version) layer) => string.Create(CultureInfo.InvariantCulture, $"/{layer.Name}:{layer.Version}");

    static LayerVersion Read(string json) => JsonSerializer.Deserialize(json, LayerJson.Default.LayerVersion)!;
}
