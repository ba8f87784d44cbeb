using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Storage;

namespace Lambray.Functions.Registry.TestEvents;

/// <summary>The test events of functions: some for each, by name. They go with their function.</summary>
public sealed partial class TestEvents(SqliteDatabase database, FunctionStore functions, AwsHome home, TimeProvider time)
{
    /// <summary>How many a function may have.</summary>
    public const int CountMax = 50;

    /// <summary>How long one may be.</summary>
    public const int BytesMax = 1024 * 1024;

    // As the console of AWS has it.
    const int NameLengthMax = 25;
    const string NamePattern = "[a-zA-Z0-9._-]+";

    /// <summary>In the order of their names; none of a function that is not there.</summary>
    public IReadOnlyList<TestEvent> List(string function) => database.Read(connection => connection.All(
        "SELECT name, event, modified FROM test_events WHERE function = $1 ORDER BY name",
        row => new TestEvent(row.GetString(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))), function));

    /// <summary>Keeps an event, in place of the one that had the name.</summary>
    /// <exception cref="AwsException">The function is not there, the event cannot be kept, or it is one too many.</exception>
    public Task PutAsync(FunctionName function, string name, string json)
    {
        Check(name, json);
        functions.Find(function.Name).Require(function, home);
        return database.WriteAsync(connection =>
        {
            var others = connection.One("SELECT count(*) FROM test_events WHERE function = $1 AND name <> $2", row => row.GetInt64(0), function.Name, name);
            if (others >= CountMax) throw LambdaErrors.InvalidParameter($"The function has {CountMax} test events already, the most that can be.");
            connection.Run(
                "INSERT INTO test_events (function, name, event, modified) VALUES ($1, $2, $3, $4) ON CONFLICT DO UPDATE SET event = $3, modified = $4",
                function.Name, name, json, time.GetUtcNow().ToUnixTimeMilliseconds());
        });
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public async Task DeleteAsync(string function, string name)
    {
        var deleted = await database.WriteAsync(connection => connection.Run("DELETE FROM test_events WHERE function = $1 AND name = $2", function, name));
        if (deleted == 0) throw new AwsException("ResourceNotFoundException", 404, $"Function {function} has no test event {name}.");
    }

    static void Check(string name, string json)
    {
        new Validation().RequireLength(name, "name", 1, NameLengthMax)
            .Require(NameRegex().IsMatch(name), name, "name", $"Member must satisfy regular expression pattern: {NamePattern}")
            .Require(Encoding.UTF8.GetByteCount(json) <= BytesMax, "…", "event", $"Member must have at most {BytesMax} bytes")
            .ThrowIfAny();
        try
        {
            using var _ = JsonDocument.Parse(json);
        }
        catch (JsonException error)
        {
            new Validation().Require(false, "…", "event", $"Member must be JSON: {error.Message}").ThrowIfAny();
        }
    }

    [GeneratedRegex($@"^{NamePattern}\z")]
    private static partial Regex NameRegex();
}
