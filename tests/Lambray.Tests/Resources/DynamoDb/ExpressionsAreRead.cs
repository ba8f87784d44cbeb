using Lambray.Aws;
using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Values;
using Xunit;

namespace Lambray.Tests.Resources.DynamoDb;

/// <summary>Expressions: what they mean, and how AWS words what is wrong with them.</summary>
public sealed class ExpressionsAreRead
{
    static readonly MapValue Sample = TablesWorld.Item(
        ("a", TablesWorld.Number("5")), ("t", TablesWorld.Text("hello")), ("m", TablesWorld.Item(("x", TablesWorld.Text("deep")))),
        ("l", new ListValue([TablesWorld.Number("1"), TablesWorld.Item(("y", TablesWorld.Number("2")))])),
        ("set", new SetValue(AttributeType.S, [TablesWorld.Text("one"), TablesWorld.Text("two")])));

    static readonly Dictionary<string, AttributeValue> Values = new()
    {
        [":five"] = TablesWorld.Number("5"), [":nine"] = TablesWorld.Number("9"), [":one"] = TablesWorld.Text("one"), [":he"] = TablesWorld.Text("he"), [":S"] = TablesWorld.Text("S"),
    };

    [Theory]
    [InlineData("a = :five", true)]
    [InlineData("a <> :five", false)]
    [InlineData("absent <> :five", true)]
    [InlineData("absent = :five", false)]
    [InlineData("a < :nine AND NOT t = :one", true)]
    [InlineData("a > :nine OR a >= :five", true)]
    [InlineData("a = :nine OR a = :five AND a = :nine", false)]
    [InlineData("(a = :five OR a = :nine) AND begins_with(t, :he)", true)]
    [InlineData("a BETWEEN :five AND :nine AND t IN (:one, :he)", false)]
    [InlineData("size(t) = :five", true)]
    [InlineData("contains(#set, :one) and attribute_exists(m.x)", true)]
    [InlineData("attribute_not_exists(l[2]) AND attribute_type(l[0], :S)", false)]
    [InlineData("t < :five", false)]
    public void Conditions_hold_or_not(string expression, bool holds) =>
        Assert.Equal(holds, new ConditionParser(expression, "ConditionExpression", Placeholders()).Parse().Holds(Sample));

    [Theory]
    [InlineData("", "Invalid FilterExpression: The expression can not be empty;")]
    [InlineData("a = ", "Invalid FilterExpression: Syntax error; token: \"<EOF>\", near: \"= \"")]
    [InlineData("a = :five :nine", "Invalid FilterExpression: Syntax error; token: \":nine\", near: \":five :nine\"")]
    [InlineData("((a = :five))", "Invalid FilterExpression: The expression has redundant parentheses;")]
    [InlineData("name = :five", "Invalid FilterExpression: Attribute name is a reserved keyword; reserved keyword: name")]
    [InlineData("#x = :five", "Invalid FilterExpression: An expression attribute name used in the document path is not defined; attribute name: #x")]
    [InlineData("a = :x", "Invalid FilterExpression: An expression attribute value used in expression is not defined; attribute value: :x")]
    [InlineData("foo(a)", "Invalid FilterExpression: Invalid function name; function: foo")]
    [InlineData("size(a)", "Invalid FilterExpression: The function is not allowed to be used this way in an expression; function: size")]
    [InlineData("a = contains(t, :he)", "Invalid FilterExpression: The function is not allowed to be used this way in an expression; function: contains")]
    [InlineData("begins_with(a)", "Invalid FilterExpression: Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1")]
    [InlineData("begins_with(t, :five)", "Invalid FilterExpression: Incorrect operand type for operator or function; operator or function: begins_with, operand type: N")]
    [InlineData("a = a", "Invalid FilterExpression: The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]")]
    [InlineData(
        "a BETWEEN :nine AND :five",
        "Invalid FilterExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:9}, upper bound operand: AttributeValue: {N:5}")]
    public void Mistakes_in_conditions_are_told(string expression, string message) =>
        Assert.Equal(message, Assert.Throws<AwsException>(() => new ConditionParser(expression, "FilterExpression", Placeholders()).Parse()).Message);

    [Theory]
    [InlineData("SET a = a + :nine", "a", "{N:14}")]
    [InlineData("SET a = if_not_exists(z, :nine) - :five", "a", "{N:4}")]
    [InlineData("SET l = list_append(l, l)", "l", "{L:[{N:1}, {M:{y={N:2}}}, {N:1}, {M:{y={N:2}}}]}")]
    [InlineData("set l[9] = :five remove l[0]", "l", "{L:[{M:{y={N:2}}}, {N:5}]}")]
    [InlineData("SET m.x = t, t = a", "t", "{N:5}")]
    [InlineData("ADD a :nine SET n = a", "n", "{N:5}")]
    [InlineData("REMOVE m.x", "m", "{M:{}}")]
    public void Updates_change_items(string expression, string attribute, string expected) =>
        Assert.Equal(expected, new UpdateParser(expression, Placeholders()).Parse().ApplyTo(Sample).Find(attribute)!.ToString());

    [Theory]
    [InlineData("SET a = :five, a = :nine", "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]")]
    [InlineData("SET m.x = :five REMOVE m[0]", "Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [m, x], path two: [m, [0]]")]
    [InlineData("SET a = :five SET t = :five", "Invalid UpdateExpression: The \"SET\" section can only be used once in an update expression;")]
    [InlineData("DELETE a :five", "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND")]
    [InlineData("SET z = absent", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET a = t + :five", "An operand in the update expression has an incorrect data type")]
    [InlineData("SET z.y = :five", "The document path provided in the update expression is invalid for update")]
    [InlineData("a = :five", "Invalid UpdateExpression: Syntax error; token: \"a\", near: \"a =\"")]
    public void Mistakes_in_updates_are_told(string expression, string message) =>
        Assert.Equal(message, Assert.Throws<AwsException>(() => new UpdateParser(expression, Placeholders()).Parse().ApplyTo(Sample)).Message);

    [Fact]
    public void Whatever_is_sent_is_read_or_refused()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        string[] parts = ["a", "#set", ":five", "(", ")", "=", "<>", "AND", "OR", "NOT", "BETWEEN", "IN", ",", ".", "[", "0", "]", "size", "contains", "SET", "REMOVE", "+", "@", "ä", " "];
        for (var i = 0; i < 5000; i++)
        {
            var expression = string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(1, 30)).Select(_ => parts[random.Next(parts.Length)]));
            Read(() => new ConditionParser(expression, "FilterExpression", Placeholders()).Parse());
            Read(() => new UpdateParser(expression, Placeholders()).Parse());

            void Read(Func<object> read)
            {
                try
                {
                    read();
                }
                catch (AwsException)
                {
                    return;
                }
                catch (Exception error)
                {
                    Assert.Fail($"{expression}: {error.Message}, seed {seed}");
                }
            }
        }
        Assert.Throws<AwsException>(() => new ConditionParser(new string('(', 4000), "FilterExpression", Placeholders()).Parse());
        Assert.Throws<AwsException>(() => new ConditionParser(string.Concat(Enumerable.Repeat("NOT ", 1000)) + "a = :five", "FilterExpression", Placeholders()).Parse());
    }

    static Placeholders Placeholders() => new(new Dictionary<string, string> { ["#set"] = "set" }, Values);
}
