using System.Globalization;
using Lambray.Aws;
using Microsoft.AspNetCore.Http.Features;

namespace Lambray.Server.AwsFront.Query;

/// <summary>The parameters of a request in AWS's query protocol, from the form of a POST or the query of a GET.</summary>
sealed class QueryRequest
{
    readonly Dictionary<string, string> parameters;

    QueryRequest(Dictionary<string, string> parameters) => this.parameters = parameters;

    public string Action => Find("Action") ?? throw new AwsException("MissingAction", 400, "The request is missing an action or a required parameter.");

    public static async Task<QueryRequest> Read(HttpRequest request)
    {
        var parameters = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        if (!request.HasFormContentType) return new QueryRequest(parameters);
        try
        {
            foreach (var (name, value) in await request.ReadFormAsync()) parameters[name] = value.ToString();
        }
        catch (InvalidDataException tooMuch)
        {
            throw new AwsException("MalformedInput", 400, tooMuch.Message);
        }
        return new QueryRequest(parameters);
    }

    public IEnumerable<KeyValuePair<string, string>> Parameters => parameters;

    public string? Find(string name) => parameters.GetValueOrDefault(name);

    public string Get(string name) => Find(name) ?? throw Invalid(name, "null", "Member must not be null");

    public int? FindNumber(string name)
    {
        if (Find(name) is not { } text) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new AwsException("MalformedInput", 400, $"{name} is not a number: {text}");
    }

    /// <exception cref="AwsException">ValidationError when the number is out of bounds.</exception>
    public int? FindNumber(string name, int least, int most) => FindNumber(name) switch
    {
        { } number when number < least => throw Invalid(name, $"'{number}'", $"Member must have value greater than or equal to {least}"),
        { } number when number > most => throw Invalid(name, $"'{number}'", $"Member must have value less than or equal to {most}"),
        var number => number,
    };

    public bool IsTrue(string name) => Find(name) is { } text && text.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The members of a list: <c>TagKeys.member.1</c>, <c>TagKeys.member.2</c>, …</summary>
    public IEnumerable<string> Members(string list)
    {
        for (var i = 1; Find($"{list}.member.{i}") is { } value; i++) yield return value;
    }

    /// <summary>The members of a list of structures: <c>Tags.member.1.Key</c>, <c>Tags.member.1.Value</c>, <c>Tags.member.2.Key</c>, …</summary>
    public IEnumerable<(string First, string Second)> Pairs(string list, string first, string second)
    {
        for (var i = 1; Find($"{list}.member.{i}.{first}") is { } value; i++)
            yield return (value, Get($"{list}.member.{i}.{second}"));
    }

    static AwsException Invalid(string name, string value, string constraint) => new(
        "ValidationError", 400,
        $"1 validation error detected: Value {value} at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy constraint: {constraint}");
}

static class QueryRequestOfHttp
{
    public static QueryRequest GetQueryRequest(this HttpContext http) => http.Features.GetRequiredFeature<QueryRequest>();
}
