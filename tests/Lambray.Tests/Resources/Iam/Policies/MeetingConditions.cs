using System.Globalization;
using System.Net;
using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Resources.Iam.Policies;
using Xunit;

namespace Lambray.Tests.Resources.Iam.Policies;

/// <summary>Each operator of <c>Condition</c>, on one value, several and none ("IAM JSON policy elements: Condition operators" in the IAM User Guide).</summary>
public sealed class MeetingConditions
{
    [Theory]
    [InlineData("StringEquals", "blue", "blue", true)]
    [InlineData("StringEquals", "blue", "Blue", false)]
    [InlineData("StringEquals", "bl*", "blue", false)]
    [InlineData("StringEquals", "bl${*}", "bl*", true)]
    [InlineData("StringNotEquals", "blue", "red", true)]
    [InlineData("StringEqualsIgnoreCase", "blue", "BLUE", true)]
    [InlineData("StringNotEqualsIgnoreCase", "blue", "BLUE", false)]
    [InlineData("StringLike", "bl?e*", "bluest", true)]
    [InlineData("StringNotLike", "bl*", "blue", false)]
    [InlineData("NumericEquals", "10", "10.0", true)]
    [InlineData("NumericNotEquals", "10", "11", true)]
    [InlineData("NumericLessThan", "10", "9", true)]
    [InlineData("NumericLessThan", "10", "10", false)]
    [InlineData("NumericLessThanEquals", "10", "10", true)]
    [InlineData("NumericGreaterThan", "10", "9", false)]
    [InlineData("NumericGreaterThanEquals", "10", "many", false)]
    [InlineData("DateLessThan", "2026-06-30T00:00:00Z", "2026-06-29T23:59:59Z", true)]
    [InlineData("DateGreaterThan", "2026-06-30T00:00:00Z", "2026-06-29T23:59:59Z", false)]
    [InlineData("DateEquals", "2026-01-01", "1767225600", true)]
    [InlineData("DateNotEquals", "2026-01-01", "2026-01-02", true)]
    [InlineData("DateLessThanEquals", "1767225600", "2026-01-01T00:00:00Z", true)]
    [InlineData("DateGreaterThanEquals", "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00Z", true)]
    [InlineData("Bool", "true", "True", true)]
    [InlineData("Bool", "false", "true", false)]
    [InlineData("BinaryEquals", "QmluYXJ5", "QmluYXJ5", true)]
    [InlineData("IpAddress", "203.0.113.0/24", "203.0.113.77", true)]
    [InlineData("IpAddress", "203.0.113.0/24", "203.0.114.1", false)]
    [InlineData("IpAddress", "203.0.113.5", "203.0.113.5", true)]
    [InlineData("IpAddress", "203.0.113.0/24", "::ffff:203.0.113.9", true)]
    [InlineData("IpAddress", "2001:db8:1234:5678::/64", "2001:db8:1234:5678::9", true)]
    [InlineData("IpAddress", "2001:db8::/33", "203.0.113.5", false)]
    [InlineData("NotIpAddress", "10.0.0.0/8", "203.0.113.5", true)]
    [InlineData("ArnLike", "arn:aws:sns:*:123456789012:top*", "arn:aws:sns:eu-central-1:123456789012:topic", true)]
    [InlineData("ArnEquals", "arn:aws:sns:*:*:topic", "arn:aws:sns:eu-central-1:123456789012:topic", true)]
    // The star of one part does not reach into the next.
    [InlineData("ArnLike", "arn:aws:sns:*", "arn:aws:sns:eu-central-1:123456789012:topic", false)]
    [InlineData("ArnNotLike", "arn:aws:s3:::*", "arn:aws:s3:::b/k", false)]
    [InlineData("ArnNotEquals", "arn:aws:s3:::a", "arn:aws:s3:::b", true)]
    [InlineData("Null", "false", "anything", true)]
    [InlineData("Null", "true", "anything", false)]
    public void Compares_one_value(string @operator, string expected, string actual, bool holds) => Assert.Equal(holds, Holds(@operator, [expected], [actual]));

    [Theory]
    [InlineData("StringEquals", "k", false)]
    [InlineData("StringNotEquals", "k", true)]
    [InlineData("ArnNotLike", "arn:aws:s3:::*", true)]
    [InlineData("StringEqualsIfExists", "k", true)]
    [InlineData("NumericLessThanIfExists", "1", true)]
    [InlineData("Null", "true", true)]
    [InlineData("Null", "false", false)]
    [InlineData("ForAllValues:StringEquals", "k", true)]
    [InlineData("ForAnyValue:StringEquals", "k", false)]
    public void Says_what_holds_of_a_key_that_is_not_there(string @operator, string expected, bool holds) => Assert.Equal(holds, Holds(@operator, [expected], null));

    [Theory]
    [InlineData("StringEquals", "a b", "b", true)]
    [InlineData("StringNotEquals", "a b", "b", false)]
    [InlineData("StringNotEquals", "a b", "c", true)]
    [InlineData("ForAllValues:StringEquals", "a b c", "a b", true)]
    [InlineData("ForAllValues:StringEquals", "a b", "a d", false)]
    [InlineData("ForAnyValue:StringEquals", "a b", "d b", true)]
    [InlineData("ForAnyValue:StringEquals", "a b", "d e", false)]
    [InlineData("ForAllValues:StringNotLike", "a*", "b c", true)]
    [InlineData("ForAllValues:StringNotLike", "a*", "b ab", false)]
    [InlineData("ForAnyValue:StringNotEquals", "a", "a b", true)]
    public void Takes_several_values_as_alternatives_or_as_a_set(string @operator, string expected, string actual, bool holds) =>
        Assert.Equal(holds, Holds(@operator, expected.Split(' '), actual.Split(' ')));

    [Fact]
    public void All_conditions_of_a_statement_have_to_hold()
    {
        const string both = """{"StringEquals":{"k:a":"1","k:b":"2"},"Bool":{"aws:SecureTransport":true}}""";
        Assert.True(Holds(both, new RequestContext().Set("k:a", "1").Set("K:B", "2").Set("aws:securetransport", "true")));
        Assert.False(Holds(both, new RequestContext().Set("k:a", "1").Set("k:b", "3").Set("aws:SecureTransport", "true")));
        Assert.False(Holds(both, new RequestContext().Set("k:a", "1").Set("k:b", "2").Set("aws:SecureTransport", "false")));
    }

    [Theory]
    [InlineData("""{"StringSortOf":{"k:a":"1"}}""")]
    [InlineData("""{"NullIfExists":{"k:a":"true"}}""")]
    [InlineData("""{"ForSomeValues:StringEquals":{"k:a":"1"}}""")]
    [InlineData("""{"StringEquals":"1"}""")]
    [InlineData("""{"StringEquals":{"k:a":{"b":1}}}""")]
    [InlineData("""["StringEquals"]""")]
    public void Refuses_what_is_no_condition(string condition) =>
        Assert.Equal("MalformedPolicyDocument", Assert.Throws<AwsException>(() => Holds(condition, RequestContext.Empty)).Code);

    /// <summary>Each operator against its opposite, on a thousand random values: exactly one of the two holds.</summary>
    [Theory]
    [InlineData("String", "Equals", "NotEquals")]
    [InlineData("String", "Like", "NotLike")]
    [InlineData("String", "EqualsIgnoreCase", "NotEqualsIgnoreCase")]
    [InlineData("Numeric", "LessThan", "GreaterThanEquals")]
    [InlineData("Numeric", "GreaterThan", "LessThanEquals")]
    [InlineData("Date", "LessThan", "GreaterThanEquals")]
    [InlineData("Date", "Equals", "NotEquals")]
    [InlineData("Arn", "Like", "NotLike")]
    [InlineData("Ip", "IpAddress", "NotIpAddress")]
    public void Opposites_never_agree(string kind, string one, string other)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var prefix = kind == "Ip" ? "" : kind;
        for (var i = 0; i < 1000; i++)
        {
            var (expected, actual) = (RandomValue(random, kind, isPattern: true), RandomValue(random, kind, isPattern: false));
            Assert.True(
                Holds(prefix + one, [expected], [actual]) != Holds(prefix + other, [expected], [actual]),
                $"seed {seed}: {prefix}{one} and {prefix}{other} of '{expected}' agree on '{actual}'");
        }
    }

    static string RandomValue(Random random, string kind, bool isPattern) => kind switch
    {
        "Numeric" => random.Next(-5, 5).ToString(CultureInfo.InvariantCulture),
        "Date" => DateTimeOffset.UnixEpoch.AddHours(random.Next(500_000, 500_005)).ToString("O", CultureInfo.InvariantCulture),
        "Ip" => new IPAddress(new[] { (byte)10, (byte)random.Next(2), (byte)random.Next(2), (byte)random.Next(3) }) + (isPattern ? $"/{random.Next(8, 33)}" : ""),
        "Arn" => $"arn:aws:{Letters(random)}:{Letters(random)}::{Letters(random)}",
        _ => Letters(random),
    };

    static string Letters(Random random) => random.GetString("abAB*?", random.Next(3));

    static bool Holds(string @operator, IReadOnlyList<string> expected, IReadOnlyList<string>? actual)
    {
        var context = new RequestContext();
        if (actual is not null) context.Set("k:key", actual);
        return Holds($$"""{"{{@operator}}":{"k:key":["{{string.Join("\",\"", expected)}}"]} }""", context);
    }

    static bool Holds(string condition, RequestContext context)
    {
        var policy = PolicyDocument.Parse(IamSamples.Policy(IamSamples.Statement("Allow", "s3:*", more: $"\"Condition\":{condition}")), PolicyKind.Identity);
        var caller = CallerIdentity.User(new Arn("aws", "iam", "", "123456789012", "user/ann"), "AIDA");
        return PolicyEvaluation.Decide(new AccessRequest(caller, "s3:GetObject", "*", context), new PolicySet { Identity = [policy] }) == AccessDecision.Allowed;
    }
}
