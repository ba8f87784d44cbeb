using Lambray.Server.Hosting;

namespace Lambray.Server.Cli.Configuration;

/// <summary>The settings of existing servers in place of services, four for each; in a file <c>services: { s3: { endpoint: URL, … } }</c>.</summary>
static class ServicesElsewhere
{
    const string Shown = "s3";

    public static readonly IReadOnlyList<Setting> All = [.. Fronts.Forwardable.Order().SelectMany(Of)];

    static IEnumerable<Setting> Of(string service) =>
    [
        Part(service, "endpoint", "URL", $"An existing server that is S3 in place of the one built in; the same for {Others()}",
            (place, text) => place with { Endpoint = SettingText.HttpAddress(text) }),
        Part(service, "access-key-id", "ID", "What requests to that server are signed with; unsigned unless told otherwise",
            (place, text) => place with { AccessKeyId = text }),
        Part(service, "secret-access-key", "SECRET", "The secret of that access key; better in the environment or the file than in a flag, which others can see",
            (place, text) => place with { SecretAccessKey = text }),
        Part(service, "region", "NAME", "What that server calls its region; as --region unless told otherwise",
            (place, text) => place with { Region = text }),
    ];

    static Setting Part(string service, string part, string valueName, string description, Func<ServiceElsewhere, string, ServiceElsewhere> apply) => new(
        $"services-{service}-{part}", valueName, description, (config, text) => config with
        {
            Elsewhere = new Dictionary<string, ServiceElsewhere>(config.Elsewhere)
            {
                [service] = apply(config.Elsewhere.GetValueOrDefault(service) ?? new ServiceElsewhere(), text),
            },
        })
    {
        IsLeftOut = service != Shown,
    };

    static string Others() => string.Join(", ", Fronts.Forwardable.Order().Where(service => service != Shown));
}
