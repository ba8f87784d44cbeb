using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>The account's room for code, which functions, their versions and layers share.</summary>
public sealed class RunningOutOfCodeStorage
{
    const int Megabyte = 1024 * 1024;

    [Fact]
    public async Task What_does_not_fit_any_more_is_refused()
    {
        await using var server = await WholeServer.StartAsync(config => config with { CodeStorage = 1 });
        var limit = (await server.SendAsync(HttpMethod.Get, "/2016-08-19/account-settings")).Succeeded.GetProperty("AccountLimit");
        Assert.Equal(Megabyte, limit.GetProperty("TotalCodeSize").GetInt64());
        await server.CreateAsync("large", Package(600_000));

        Refused(await server.SendAsync(HttpMethod.Post, "/2015-03-31/functions", WholeServer.CreateRequest("second", Package(600_000)).ToJsonString()));
        Refused(await server.SendAsync(HttpMethod.Post, "/2015-03-31/functions/large/versions", "{}"));
        var layer = new JsonObject { ["Content"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(Package(600_000)) } };
        Refused(await server.SendAsync(HttpMethod.Post, "/2018-10-31/layers/shared/versions", layer.ToJsonString()));
        Refused(await server.SendAsync(HttpMethod.Put, "/2015-03-31/functions/large/code", Code(600_000, publish: true)));

        // In the place of what it had there is room.
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Put, "/2015-03-31/functions/large/code", Code(700_000, publish: false))).Status);
        await server.SendAsync(HttpMethod.Delete, "/2015-03-31/functions/large");
        await server.CreateAsync("second", Package(600_000));
    }

    static void Refused(ApiAnswer answer) =>
        Assert.Equal((HttpStatusCode.BadRequest, "CodeStorageExceededException"), (answer.Status, answer.Code));

    static string Code(int bytes, bool publish) => new JsonObject { ["ZipFile"] = Convert.ToBase64String(Package(bytes)), ["Publish"] = publish }.ToJsonString();

    // What is random does not get smaller.
    static byte[] Package(int bytes) => WholeServer.Zip(("index.js", "exports.handler = 1; //" + Convert.ToHexString(RandomNumberGenerator.GetBytes(bytes))));
}
