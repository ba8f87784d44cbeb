using System.Text.Json;
using Lambray.Tracing.Segments;
using Xunit;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>What the server knows of an expression while somebody writes it.</summary>
public sealed class WritingFilters(ProcessServer server) : IClassFixture<ProcessServer>
{
    [Theory]
    [InlineData("", null)]
    [InlineData("service(\"a\") { fault } AND responsetime > 1", null)]
    [InlineData("responsetime >", 15)]
    [InlineData("fault AND nonsense = 1", 11)]
    [InlineData("group.name = \"none\"", 14)]
    public async Task An_expression_is_checked_by_the_parser_that_will_read_it(string filter, int? position)
    {
        var mistake = (await GetAsync($"check?filter={Uri.EscapeDataString(filter)}")).GetProperty("mistake");

        Assert.Equal(position, mistake.ValueKind == JsonValueKind.Null ? null : mistake.GetProperty("position").GetInt32());
    }

    [Fact]
    public async Task Names_of_recent_traces_are_offered()
    {
        await ConsoleTraces.SendAsync(server.Http, TimeSpan.FromMinutes(2), segment => segment with
        {
            Name = "checkout",
            Annotations = new Dictionary<string, AnnotationValue> { ["tier"] = "gold" },
        });

        var service = await GetAsync($"completion?filter={Uri.EscapeDataString("service(\"che")}&caret=12&last=5");
        Assert.Equal("""{"start":8,"end":12,"suggestions":[{"text":"\"checkout\"","kind":"value"}]}""", service.GetRawText());
        var annotation = await GetAsync($"completion?filter={Uri.EscapeDataString("annotation[tier] = ")}&caret=19");
        Assert.Equal("\"gold\"", annotation.GetProperty("suggestions")[0].GetProperty("text").GetString());
    }

    async Task<JsonElement> GetAsync(string path) => (await server.SendAsync(HttpMethod.Get, $"/_lambray/api/filters/{path}")).Succeeded;
}
