using System.Text.Json;
using Lambray.Functions.Registry;
using Lambray.Resources.Kinesis;

namespace Lambray.Server.AwsFront.Kinesis;

/// <summary>Resource policies of streams and consumers, which have a say where signatures are asked for.</summary>
static class PolicyOperations
{
    public static async Task PutResourcePolicy(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.ResourcePolicyRequest);
        var resource = StreamResource.Of(http, request.ResourceArn);
        new Validation().Require(request.Policy is not null, null, "policy", "Member must not be null").ThrowIfAny();
        RequireDocument(request.Policy!);
        await resource.ChangeAsync(http, stream => stream with { Policy = request.Policy }, consumer => consumer with { Policy = request.Policy });
        await KinesisForm.WriteNothingAsync(http);
    }

    public static async Task GetResourcePolicy(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.ResourcePolicyRequest);
        var policy = StreamResource.Of(http, request.ResourceArn).Read(http, stream => stream.Policy, consumer => consumer.Policy)
            ?? throw KinesisErrors.NotFound($"No resource policy found for resource ARN {request.ResourceArn}");
        await KinesisForm.WriteAsync(http, new GetResourcePolicyAnswer(policy), KinesisJson.Default.GetResourcePolicyAnswer);
    }

    public static async Task DeleteResourcePolicy(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.ResourcePolicyRequest);
        var resource = StreamResource.Of(http, request.ResourceArn);
        if (resource.Read(http, stream => stream.Policy, consumer => consumer.Policy) is null)
            throw KinesisErrors.NotFound($"No resource policy found for resource ARN {request.ResourceArn}");
        await resource.ChangeAsync(http, stream => stream with { Policy = null }, consumer => consumer with { Policy = null });
        await KinesisForm.WriteNothingAsync(http);
    }

    static void RequireDocument(string policy)
    {
        try
        {
            var document = JsonElement.Parse(policy);
            if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty("Statement", out _)) throw new JsonException("A policy is an object with statements.");
        }
        catch (JsonException error)
        {
            throw KinesisErrors.InvalidArgument($"The policy document is not valid: {error.Message}");
        }
    }
}
