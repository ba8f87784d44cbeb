using System.Text.Json;
using Lambray.Resources.EventPatterns;
using Xunit;

namespace Lambray.Tests.Resources.EventPatterns;

/// <summary>Filter patterns beside records ("Control which events Lambda sends to your function").</summary>
public sealed class FilteringRecords
{
    // The first ones with the records that AWS let through, and held back, when they were recorded.
    [Theory]
    [InlineData("""{"body":{"my-key":["my-value"]}}""", """{"body":{"my-key":"my-value"}}""", """{"body":{"my-key":"other-value"}}""")]
    [InlineData("""{"body":{"k":["one","two"]}}""", """{"body":{"k":"two"}}""", """{"body":{"k":"three"}}""")]
    [InlineData("""{"body":{"a":["other","one"],"b":["two"]}}""", """{"body":{"a":"one","b":"two"}}""", """{"body":{"a":"three","b":"two"}}""")]
    [InlineData("""{"body":{"k":[{"exists":true}]}}""", """{"body":{"k":"any"}}""", """{"body":{"other":"any"}}""")]
    [InlineData("""{"body":{"n":[{"numeric":[">",100]}]}}""", """{"body":{"n":101}}""", """{"body":{"n":100}}""")]
    [InlineData("""{"body":{"n":[{"numeric":[">=",100,"<",200]}]}}""", """{"body":{"n":100}}""", """{"body":{"n":200}}""")]
    [InlineData("""{"body":{"k":[{"prefix":"yes"}]}}""", """{"body":{"k":"yes-value"}}""", """{"body":{"k":"no-value"}}""")]
    [InlineData("""{"body":{"k":["v"]}}""", """{"body":{"k":"v"}}""", """{"body":"plain text"}""")]
    [InlineData("""{"k":[null]}""", """{"k":null}""", """{"k":""}""")]
    [InlineData("""{"k":[""]}""", """{"k":""}""", "{}")]
    [InlineData("""{"k":[true, 7]}""", """{"k":7}""", """{"k":false}""")]
    [InlineData("""{"n":[300]}""", """{"n":300}""", """{"n":300.0}""")]
    [InlineData("""{"n":[{"numeric":["=",300]}]}""", """{"n":3e2}""", """{"n":"300"}""")]
    [InlineData("""{"k":["a"]}""", """{"k":["b","a"]}""", """{"k":["b"]}""")]
    [InlineData("""{"k":[{"suffix":"g"}]}""", """{"k":"x.png"}""", """{"k":"x.pnG"}""")]
    [InlineData("""{"k":[{"suffix":{"equals-ignore-case":".png"}}]}""", """{"k":"x.PNG"}""", """{"k":"x.gif"}""")]
    [InlineData("""{"k":[{"equals-ignore-case":"Alice"}]}""", """{"k":"aLICE"}""", """{"k":"Bob"}""")]
    [InlineData("""{"k":[{"anything-but":["a","b"]}]}""", """{"k":"c"}""", """{"k":"b"}""")]
    [InlineData("""{"k":[{"anything-but":{"prefix":"a"}}]}""", """{"k":"ba"}""", """{"k":"ab"}""")]
    [InlineData("""{"k":[{"anything-but":"a"}]}""", """{"k":"b"}""", "{}")]
    [InlineData("""{"k":[{"exists":false}]}""", "{}", """{"k":null}""")]
    [InlineData("""{"a":{"k":[{"exists":false}]}}""", """{"a":{"b":1}}""", """{"a":{"k":1}}""")]
    [InlineData("""{"$or":[{"a":[1]},{"b":{"c":[2]}}]}""", """{"b":{"c":2}}""", """{"a":2,"b":{"c":1}}""")]
    [InlineData("""{"list":{"k":["a"]}}""", """{"list":[{"k":"b"},{"k":"a"}]}""", """{"list":[{"k":"b"}]}""")]
    public void Lets_through_what_fits(string pattern, string fitting, string other)
    {
        Assert.True(EventPattern.TryParse(pattern, out var parsed));
        Assert.True(parsed.Fits(JsonElement.Parse(fitting)));
        Assert.False(parsed.Fits(JsonElement.Parse(other)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("simple string")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"eventSource":"aws:sqs"}""")]
    [InlineData("""{"eventSource":[]}""")]
    [InlineData("""{"eventSource":{}}""")]
    [InlineData("""{"k":[["nested"]]}""")]
    [InlineData("""{"k":[{"unknown":"x"}]}""")]
    [InlineData("""{"k":[{"prefix":5}]}""")]
    [InlineData("""{"k":[{"prefix":"a","suffix":"b"}]}""")]
    [InlineData("""{"k":[{"numeric":[">"]}]}""")]
    [InlineData("""{"k":[{"numeric":["!",5]}]}""")]
    [InlineData("""{"k":[{"exists":"yes"}]}""")]
    [InlineData("""{"k":[{"anything-but":[]}]}""")]
    [InlineData("""{"k":[{"anything-but":[{"exists":true}]}]}""")]
    [InlineData("""{"$or":[{"a":[1]},{}]}""")]
    [InlineData("""{"a":[1]""")]
    public void Refuses_what_is_no_pattern(string? pattern) => Assert.False(EventPattern.TryParse(pattern, out _));
}
