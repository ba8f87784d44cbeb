using Lambray.Resources.Messaging;
using Lambray.Resources.Sns;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Sns;

/// <summary>Maps and lists in the forms of SNS.</summary>
static class SnsForm
{
    extension(QueryRequest request)
    {
        /// <summary><c>Attributes.entry.1.key</c>, <c>Attributes.entry.1.value</c>, …</summary>
        public Dictionary<string, string> Map(string name)
        {
            var map = new Dictionary<string, string>();
            for (var i = 1; request.Find($"{name}.entry.{i}.key") is { } key; i++) map[key] = request.Find($"{name}.entry.{i}.value") ?? "";
            return map;
        }

        /// <summary><c>TagKeys.member.1</c>, …</summary>
        public IReadOnlyList<string> List(string name)
        {
            var list = new List<string>();
            for (var i = 1; request.Find($"{name}.member.{i}") is { } value; i++) list.Add(value);
            return list;
        }

        public Dictionary<string, string> Tags() =>
            request.Pairs("Tags", "Key", "Value").GroupBy(tag => tag.First).ToDictionary(same => same.Key, same => same.Last().Second);

        /// <summary><c>MessageAttributes.entry.1.Name</c>, <c>MessageAttributes.entry.1.Value.DataType</c>, …</summary>
        /// <param name="prefix">Of an entry of a batch.</param>
        public Dictionary<string, MessageAttribute> MessageAttributes(string prefix)
        {
            var attributes = new Dictionary<string, MessageAttribute>(StringComparer.Ordinal);
            for (var i = 1; request.Find($"{prefix}MessageAttributes.entry.{i}.Name") is { } name; i++)
            {
                var value = $"{prefix}MessageAttributes.entry.{i}.Value.";
                attributes[name] = new MessageAttribute(request.Find(value + "DataType") ?? "", request.Find(value + "StringValue"), Binary(request.Find(value + "BinaryValue")));
            }
            return attributes;
        }
    }

    static byte[]? Binary(string? text)
    {
        if (text is null) return null;
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw SnsErrors.Invalid("MessageAttributes Reason: BinaryValue is no Base64");
        }
    }
}
