using Lambray.Functions.ExecutionEnvironments;
using Lambray.Server.Environments;
using Lambray.Server.RuntimeApi;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Lambray.Tests.Server.RuntimeApi;

/// <summary>Processes that take the place of crashed ones, and are quicker to ask than the server is to take note of them.</summary>
public sealed class WhoSpeaksAfterARestart
{
    [Fact]
    public async Task Is_answered_only_once_it_is_known()
    {
        using var sockets = EnvironmentSockets.OnHost();
        var tenancy = new EnvironmentTenancy(sockets);
        var http = new DefaultHttpContext();
        http.Features.Set(new EnvironmentConnection(tenancy, EnvironmentDoor.RuntimeApi));
        Task asked;
        using (tenancy.Change())
        {
            asked = PrestartEndpoint.ServeThoseWithoutFunction(http, _ => Task.CompletedTask);
            Assert.False(asked.IsCompleted);
        }
        await asked;
        // Nobody has come: as for any runtime that has no function.
        Assert.Equal(StatusCodes.Status403Forbidden, http.Response.StatusCode);
    }
}
