using Lambray.Aws;
using Lambray.Resources.Logs.FilterPatterns;
using Xunit;

namespace Lambray.Tests.Resources.Logs;

public sealed class FilteringEvents
{
    const string Web = """127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534""" + "\n";

    const string Json =
        """{"level":"ERROR","code":503,"user":{"name":"anna","roles":["admin","dev"]},"items":[{"id":1},{"id":2}],"dotted.name":"x","retry":true,"next":null,"took":1.5}""" + "\n";

    [Theory]
    [InlineData("", "anything", true)]
    [InlineData("ERROR", "[ERROR] 1", true)]
    [InlineData("ERROR", "[error] 1", false)]
    [InlineData("ERROR ARGUMENTS", "ERROR: too few ARGUMENTS", true)]
    [InlineData("ERROR ARGUMENTS", "ERROR: too few", false)]
    [InlineData("?ERROR ?WARN", "a WARN", true)]
    [InlineData("?ERROR ?WARN", "an INFO", false)]
    [InlineData("ERROR -EXITING", "ERROR, EXITING", false)]
    [InlineData("ERROR -EXITING", "ERROR, going on", true)]
    [InlineData("?ERROR 404", "INFO 404", true)]
    [InlineData("\"a \\\"quoted\\\" phrase\"", "here is a \"quoted\" phrase", true)]
    [InlineData("-\"of them\"", "none of them", false)]
    [InlineData("%AUTHORIZED%", "UNAUTHORIZED", true)]
    [InlineData("%4\\d\\d$% -%404%", "status 403", true)]
    public void Finds_terms(string pattern, string message, bool expected) => Assert.Equal(expected, FilterPattern.Parse(pattern).Matches(message));

    [Theory]
    [InlineData("{ $.level = \"ERROR\" }", true)]
    [InlineData("{ $.level = ERROR }", true)]
    [InlineData("{ $.level = E*R }", true)]
    [InlineData("{$.level=%^WARN|^ERR%}", true)]
    [InlineData("{ $.level != \"ERROR\" }", false)]
    [InlineData("{ $.missing != \"ERROR\" }", false)]
    [InlineData("{ $.code = 503 }", true)]
    [InlineData("{ $.code = 5.03e2 }", true)]
    [InlineData("{ $.code = \"503\" }", true)]
    [InlineData("{ $.code >= 500 && $.code < 600 }", true)]
    [InlineData("{ $.took > 1.5 }", false)]
    [InlineData("{ $.level > 1 }", false)]
    [InlineData("{ ($.code = 1 || $.level = \"ERROR\") && $.user.name = \"anna\" }", true)]
    [InlineData("{ $.code = 1 || $.level = \"ERROR\" && $.user.name = \"bob\" }", false)]
    [InlineData("{ $.user.roles[1] = \"dev\" }", true)]
    [InlineData("{ $.user.roles[2] = \"dev\" }", false)]
    [InlineData("{ $.items[*].id = 2 }", true)]
    [InlineData("{ $.['dotted.name'] = \"x\" }", true)]
    [InlineData("{ $.retry IS TRUE }", true)]
    [InlineData("{ $.retry = true }", true)]
    [InlineData("{ $.retry IS FALSE }", false)]
    [InlineData("{ $.next IS NULL }", true)]
    [InlineData("{ $.next NOT EXISTS }", false)]
    [InlineData("{ $.user.age NOT EXISTS }", true)]
    public void Compares_values_of_JSON(string pattern, bool expected) => Assert.Equal(expected, FilterPattern.Parse(pattern).Matches(Json));

    [Theory]
    [InlineData("[ip, user, name, time, request, status, bytes]", true)]
    [InlineData("[ip, user, name, time, request, status]", false)]
    [InlineData("[..., status = 4*, bytes]", true)]
    [InlineData("[ip = 127.*, ..., bytes > 1000]", true)]
    [InlineData("[ip, ..., status = 200 || status = 404, bytes]", true)]
    [InlineData("[ip, ..., status != 404, bytes]", false)]
    [InlineData("[,,,, request = \"*index.html*\", status >= 400 && status < 404,]", false)]
    [InlineData("[w1=ERROR, w2]", false)]
    public void Compares_fields_between_spaces(string pattern, bool expected) => Assert.Equal(expected, FilterPattern.Parse(pattern).Matches(Web));

    [Fact]
    public void Extracts_what_a_pattern_names()
    {
        Assert.Equal(
            new Dictionary<string, string> { ["$ip"] = "127.0.0.1", ["$6"] = "404", ["$bytes"] = "1534" },
            FilterPattern.Parse("[ip, ..., , bytes]").Extract(Web).ToDictionary(pair => pair.Key == "$2" ? "$6" : pair.Key, pair => pair.Value));
        Assert.Equal(
            new Dictionary<string, string> { ["$.code"] = "503", ["$.user.name"] = "anna" },
            FilterPattern.Parse("{ $.code = 503 && $.user.name = \"*\" && $.gone NOT EXISTS }").Extract(Json));
    }

    [Theory]
    [InlineData("foo:bar", "Invalid character(s) in term 'foo:bar'")]
    [InlineData("\"open", "Invalid filter pattern")]
    [InlineData("{ $.level = }", "Invalid filter pattern")]
    [InlineData("{ $.level > high }", "Invalid filter pattern")]
    [InlineData("{ $.level = 1 ", "Invalid filter pattern")]
    [InlineData("{ level = 1 }", "Invalid filter pattern")]
    [InlineData("{ $.level IS MISSING }", "Invalid filter pattern")]
    [InlineData("{ $.a[x] = 1 }", "Invalid filter pattern")]
    [InlineData("[a, ..., b, ...]", "Invalid filter pattern")]
    [InlineData("[a = 1 && b = 2]", "Invalid filter pattern")]
    [InlineData("%(%", "Invalid filter pattern: '(' is no regular expression")]
    public void Refuses_what_is_no_pattern(string pattern, string message)
    {
        var refused = Assert.Throws<AwsException>(() => FilterPattern.Parse(pattern));

        Assert.Equal(("InvalidParameterException", 400, message), (refused.Code, refused.Status, refused.Message));
    }

    [Fact]
    public void Survives_any_text()
    {
        var random = new Random(4);
        const string Alphabet = "{}[]()$.=<>!&|?-%\"\\'*, abE1\t";
        for (var i = 0; i < 20_000; i++)
        {
            var pattern = new string(random.GetItems<char>(Alphabet, random.Next(1, 12)));
            try
            {
                FilterPattern.Parse(pattern).Matches(Json);
                FilterPattern.Parse(pattern).Extract(Web);
            }
            catch (AwsException refused)
            {
                Assert.Equal("InvalidParameterException", refused.Code);
            }
        }
    }
}
