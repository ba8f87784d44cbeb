using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Lambray.Server.ConsoleApi;
using Xunit;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>The console's types are generated from its schema: here the server is held to the same schema.</summary>
public sealed class AgreeingOnTheConsoleApi
{
    static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Server/ConsoleApi/api.schema.json")))!;

    static readonly Dictionary<string, JsonTypeInfo> Written = new()
    {
        ["TraceList"] = ConsoleJson.Default.TraceListWire,
        ["TraceTimeline"] = ConsoleJson.Default.TraceTimelineWire,
        ["ApiError"] = ConsoleJson.Default.ApiError,
    };

    [Theory]
    [InlineData("TraceList")]
    [InlineData("TraceTimeline")]
    [InlineData("ApiError")]
    public void The_server_writes_what_the_schema_says(string answer)
    {
        var expected = SchemaFields.Of(Schema, answer);
        var written = SchemaFields.Of(Written[answer]);

        var differences = (
            from field in expected.Keys.Union(written.Keys)
            let said = expected.GetValueOrDefault(field, "nothing")
            let wrote = written.GetValueOrDefault(field, "nothing")
            where said != wrote
            select $"{answer}.{field}: the schema says {said}, the server writes {wrote}").ToList();
        Assert.NotEmpty(expected);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    [Fact]
    public void Every_answer_of_the_schema_has_its_record() =>
        Assert.Equal(
            Schema["anyOf"]!.AsArray().Select(answer => answer!["$ref"]!.ToString().Split('/')[^1]).Order(StringComparer.Ordinal),
            Written.Keys.Order(StringComparer.Ordinal));

    // The server leaves no field out, so a field that may be missing would be a mistake of the schema.
    [Fact]
    public void The_schema_requires_every_field()
    {
        var optional =
            from definition in Schema["$defs"]!.AsObject()
            where definition.Value!["properties"] is not null
            from field in definition.Value["properties"]!.AsObject()
            where !definition.Value["required"]!.AsArray().Any(required => required!.ToString() == field.Key)
            select $"{definition.Key}.{field.Key}";
        Assert.Empty(optional);
    }
}
