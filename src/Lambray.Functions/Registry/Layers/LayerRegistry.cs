using System.Globalization;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Storage;

namespace Lambray.Functions.Registry.Layers;

/// <summary>All layers with their versions ("Managing Lambda dependencies with layers" in the Developer Guide): the truth on disk, in memory what was used last.</summary>
public sealed class LayerRegistry(SqliteDatabase database, CodeStore code, CodeQuota quota, AwsHome home, TimeProvider time) : IDisposable
{
    const int VersionsInMemoryMax = 1_000;
    const int ReadAtOnce = 100;

    readonly RecentlyUsed<(string Name, long Version), LayerVersion> versions = new(VersionsInMemoryMax);
    readonly SemaphoreSlim publishing = new(1, 1);

    /// <summary>Keeps the content as the layer's next version.</summary>
    /// <exception cref="AwsException">The name, the settings or the zip are not acceptable.</exception>
    public async Task<LayerVersion> PublishAsync(string layerName, LayerConfig config, UploadedCode uploaded)
    {
        var name = LayerName.Parse(layerName, home);
        LayerValidation.Check(config);
        var content = await code.AddAsync(uploaded.Zip, uploaded.ZippedBytesMax);
        quota.RequireRoom(content.Size);
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
            versions.Put((name, published.Version), published);
            return published;
        }
        finally
        {
            publishing.Release();
        }
    }

    /// <exception cref="AwsException">The name or the number is none.</exception>
    public LayerVersion? Find(string layerName, long version) => Find(Require(layerName, version));

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public LayerVersion Get(string layerName, long version) => Find(layerName, version) ?? throw LayerName.NotFound();

    /// <inheritdoc cref="Get"/>
    public LayerVersion GetByArn(string arn) => Find(LayerName.ParseVersionArn(arn, home)) ?? throw LayerName.NotFound();

    /// <summary>The versions of a layer, newest first; empty for a layer that does not exist.</summary>
    public IEnumerable<LayerVersion> ListVersions(string layerName)
    {
        var name = LayerName.Parse(layerName, home);
        for (long? before = long.MaxValue; before is { } next;)
        {
            var read = database.Read(connection => connection.All(
                "SELECT model FROM layers WHERE name = $1 AND version < $2 AND model IS NOT NULL ORDER BY version DESC LIMIT $3",
                row => Read(row.GetString(0)), name, next, ReadAtOnce));
            foreach (var version in read) yield return version;
            before = read.Count == ReadAtOnce ? read[^1].Version : null;
        }
    }

    /// <summary>The names of layers that have a version, in order, from behind this one.</summary>
    public IEnumerable<string> ListNames(string after)
    {
        for (string? last = after; last is { } next;)
        {
            var read = database.Read(connection => connection.All(
                "SELECT DISTINCT name FROM layers WHERE name > $1 AND model IS NOT NULL ORDER BY name LIMIT $2", row => row.GetString(0), next, ReadAtOnce));
            foreach (var name in read) yield return name;
            last = read.Count == ReadAtOnce ? read[^1] : null;
        }
    }

    /// <summary>Forgets a version; functions that use it keep it. Nothing happens when there is none.</summary>
    public async Task DeleteAsync(string layerName, long version)
    {
        var key = Require(layerName, version);
        // The row stays, without its model: its number must not be given again.
        await database.WriteAsync(connection =>
        {
            connection.Run("UPDATE layers SET model = NULL, code_size = 0, policy = NULL WHERE name = $1 AND version = $2", key.Name, key.Version);
            connection.Run("DELETE FROM code_uses WHERE owner = $1", CodeOwner(key));
        });
        versions.Remove(key);
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

    LayerVersion? Find((string Name, long Version) key) => versions.Find(key, wanted => database.Read(connection => connection.One(
        "SELECT model FROM layers WHERE name = $1 AND version = $2 AND model IS NOT NULL", row => Read(row.GetString(0)), wanted.Name, wanted.Version)));

    (string Name, long Version) Require(string layerName, long version)
    {
        var name = LayerName.Parse(layerName, home);
        return version >= 1 ? (name, version) : throw LambdaErrors.InvalidParameter("Layer Version Cannot be less than 1");
    }

    // No function's name begins like this.
    static string CodeOwner((string Name, long Version) layer) => string.Create(CultureInfo.InvariantCulture, $"/{layer.Name}:{layer.Version}");

    static LayerVersion Read(string json) => JsonSerializer.Deserialize(json, LayerJson.Default.LayerVersion)!;
}
