using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.Sns;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Sns;

/// <summary>TagResource, UntagResource, ListTagsForResource.</summary>
static class TopicTagOperations
{
    const int TagsMax = 50;
    const int KeyLengthMax = 128;
    const int ValueLengthMax = 256;

    public static Task TagResource(HttpContext http)
    {
        var tags = http.GetQueryRequest().Tags();
        return ChangeAsync(http, former => former.Concat(tags).GroupBy(tag => tag.Key).ToDictionary(same => same.Key, same => same.Last().Value));
    }

    public static Task UntagResource(HttpContext http)
    {
        var keys = http.GetQueryRequest().List("TagKeys");
        return ChangeAsync(http, former => former.Where(tag => !keys.Contains(tag.Key)).ToDictionary());
    }

    public static Task ListTagsForResource(HttpContext http) => SnsDoor.Service.WriteAnswer(http, new XElement("Tags", Get(http).Tags.Select(tag =>
        (object)new XElement("member", new XElement("Key", tag.Key), new XElement("Value", tag.Value))).ToArray()));

    /// <exception cref="AwsException">InvalidParameter or TagLimitExceeded.</exception>
    public static void Check(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > TagsMax) throw new AwsException("TagLimitExceeded", 400, "Could not complete request: tag quota of per resource exceeded");
        if (tags.Any(tag => tag.Key.Length is 0 or > KeyLengthMax || tag.Value.Length > ValueLengthMax)) throw SnsErrors.Invalid("Tags");
    }

    static async Task ChangeAsync(HttpContext http, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change)
    {
        Get(http);
        await SnsDoor.Topics(http).ChangeAsync(http.GetQueryRequest().Find("ResourceArn"), topic =>
        {
            var tags = change(topic.Tags);
            Check(tags);
            return topic with { Tags = tags };
        });
        await SnsDoor.Service.WriteEmptyResult(http);
    }

    // Here a topic that is not there has an error of another name.
    static Topic Get(HttpContext http)
    {
        if (!Arn.TryParse(http.GetQueryRequest().Find("ResourceArn"), out var arn)) throw SnsErrors.Invalid("ResourceArn");
        return SnsDoor.Topics(http).Find(arn) ?? throw SnsErrors.ResourceNotFound();
    }
}
