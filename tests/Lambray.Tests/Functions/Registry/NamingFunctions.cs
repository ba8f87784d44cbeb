using Lambray.Aws;
using Lambray.Functions.Registry;
using Xunit;

namespace Lambray.Tests.Functions.Registry;

/// <summary>The ways to name a function, and the refusals that were recorded from AWS.</summary>
public sealed class NamingFunctions
{
    const string Pattern =
        @"Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?";

    const string NewPattern =
        @"Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?";

    static readonly AwsHome Home = new("111111111111", "us-east-1");
    static readonly string TooLongName = new('a', 65);
    static readonly string TooLongQualifier = new('a', 129);

    [Theory]
    [InlineData("my-function", null, "my-function", null)]
    [InlineData("my-function", "$LATEST", "my-function", "$LATEST")]
    [InlineData("my-function:7", null, "my-function", "7")]
    [InlineData("my-function:live", "live", "my-function", "live")]
    [InlineData("function:my-function", null, "my-function", null)]
    [InlineData("function", null, "function", null)]
    [InlineData("111111111111:function:my-function", null, "my-function", null)]
    [InlineData("us-east-1:111111111111:function:my-function:1", null, "my-function", "1")]
    [InlineData("arn:aws:lambda:us-east-1:111111111111:function:my-function", null, "my-function", null)]
    [InlineData("arn:aws:lambda:us-east-1:111111111111:function:my-function:$LATEST", "$LATEST", "my-function", "$LATEST")]
    public void Reads_names_and_arns_whole_and_partial(string text, string? qualifier, string name, string? read) =>
        Assert.Equal(new FunctionName(name, read), FunctionName.Parse(text, qualifier, Home));

    [Theory]
    [InlineData("*")]
    [InlineData("my-function!")]
    [InlineData("my-function\n")]
    [InlineData("")]
    [InlineData("invalid-account:function:my-function")]
    [InlineData("arn:aws:lambda:invalid-region:111111111111:function:my-function")]
    [InlineData("arn:aws:ec2:us-east-1:111111111111:instance:i-1234567890abcdef0")]
    [InlineData("arn:aws:lambda:us-east-1:111111111111:function:my-function:1:2")]
    [InlineData("function:my-function:$LATEST:extra")]
    [InlineData("arn:aws:lambda::111111111111:function:my-function")]
    [InlineData("arn:aws:lambda:us-east-1::function:my-function")]
    [InlineData("arn:aws:lambda:us-east-1:111111111111:function:my-function:$LATES")]
    [InlineData("arn:aws:lambda:us-east-1:111111111111@function:my-function")]
    public void Refuses_malformed_names(string text)
    {
        Refused("ValidationException", $"1 validation error detected: Value '{text}' at 'functionName' failed to satisfy constraint: {Pattern}",
            () => FunctionName.Parse(text, null, Home));
        if (text.Length > 0)
            Refused("ValidationException", $"1 validation error detected: Value '{text}' at 'functionName' failed to satisfy constraint: {NewPattern}", () => FunctionName.ParseNew(text, Home));
    }

    [Fact]
    public void Refuses_malformed_qualifiers()
    {
        Refused("ValidationException", @"1 validation error detected: Value 'invalid!' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: \$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+",
            () => FunctionName.Parse("my-function", "invalid!", Home));
        Refused("ValidationException", $"1 validation error detected: Value '{TooLongQualifier}' at 'qualifier' failed to satisfy constraint: Member must have length less than or equal to 128",
            () => FunctionName.Parse("my-function", TooLongQualifier, Home));
        Refused("InvalidParameterValueException", "The derived qualifier from the function name does not match the specified qualifier.",
            () => FunctionName.Parse("arn:aws:lambda:us-east-1:111111111111:function:my-function:$LATEST", "1", Home));
    }

    [Fact]
    public void Reports_everything_that_is_wrong_at_once() => Refused("ValidationException",
        $"2 validation errors detected: Value '{TooLongQualifier}' at 'qualifier' failed to satisfy constraint: Member must have length less than or equal to 128; " +
        $"Value 'my function' at 'functionName' failed to satisfy constraint: {Pattern}",
        () => FunctionName.Parse("my function", TooLongQualifier, Home));

    [Fact]
    public void A_new_name_is_shorter_and_has_no_dots()
    {
        Assert.Equal(new FunctionName(TooLongName, null), FunctionName.Parse(TooLongName, null, Home));
        Refused("InvalidParameterValueException",
            $"1 validation error detected: Value '{TooLongName}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64",
            () => FunctionName.ParseNew(TooLongName, Home));
        Refused("ValidationException", $"1 validation error detected: Value 'my-function:{TooLongQualifier}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 140",
            () => FunctionName.ParseNew($"my-function:{TooLongQualifier}", Home));
        Refused("ValidationException", $"1 validation error detected: Value 'my.function' at 'functionName' failed to satisfy constraint: {NewPattern}", () => FunctionName.ParseNew("my.function", Home));
        Refused("ValidationException", "1 validation error detected: Value null at 'functionName' failed to satisfy constraint: Member must not be null", () => FunctionName.ParseNew(null, Home));
    }

    [Fact]
    public void Other_regions_and_accounts_are_out_of_reach()
    {
        Refused("ResourceNotFoundException", "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
            () => FunctionName.Parse("arn:aws:lambda:eu-west-1:111111111111:function:my-function", null, Home));
        Refused("AccessDeniedException", "This server stands for account 111111111111, not for 222222222222.",
            () => FunctionName.Parse("222222222222:function:my-function", null, Home));
    }

    static void Refused(string code, string message, Func<object> parse)
    {
        var error = Assert.Throws<AwsException>(parse);
        Assert.Equal((code, message), (error.Code, error.Message));
    }
}
