using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lambray.Server.ConsoleApi;
using Xunit;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>The console's types come from <c>console/api.schema.json</c>, the server's from C#: both say the same.</summary>
public sealed class AgreeingOnForms
{
    static readonly IReadOnlyDictionary<string, JsonTypeInfo> Answers = new Dictionary<string, JsonTypeInfo>
    {
        ["TraceList"] = ConsoleJson.Default.TraceListWire,
        ["TraceTimeline"] = ConsoleJson.Default.TraceTimelineWire,
        ["ApiError"] = ConsoleJson.Default.ApiError,
    };

    [Fact]
    public void Every_answer_in_the_schema_is_one_that_the_server_gives()
    {
        var answers = Schema().GetProperty("anyOf").EnumerateArray().Select(answer => answer.GetProperty("$ref").GetString()!.Split('/')[^1]);

        Assert.Equal(Answers.Keys.Order(), answers.Order());
    }

    [Theory]
    [InlineData("TraceList")]
    [InlineData("TraceTimeline")]
    [InlineData("ApiError")]
    public void Schema_and_server_name_the_same_fields_and_types(string answer)
    {
        var schema = AnswerForm.OfSchema(Schema(), answer);
        var server = AnswerForm.OfType(Answers[answer], answer);

        var differences = schema.Except(server).Select(line => "schema: " + line).Concat(server.Except(schema).Select(line => "server: " + line)).ToList();
        Assert.NotEmpty(schema);
        Assert.True(differences.Count == 0, $"console/api.schema.json and src/Lambray.Server/ConsoleApi differ:\n{string.Join('\n', differences)}");
    }

    static JsonElement Schema() => JsonElement.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "console", "api.schema.json")));
}
