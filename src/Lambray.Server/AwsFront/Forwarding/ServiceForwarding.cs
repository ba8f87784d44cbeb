using Lambray.Aws;
using Lambray.Aws.Signing;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Forwarding;

/// <summary>Passes what a service of the JSON or the query protocol is asked on to an existing server, and its answer back; the calls of functions are traced as ever.</summary>
/// <remarks>Requests are read whole, as signatures are made over them; every service bounds them. Answers stream: some are streams of events.</remarks>
class ServiceForwarding(string name, ForwardTarget target, RequestSigner signer)
{
    readonly OtherServer other = new(name, target.Endpoint);

    /// <param name="signingName">What signatures call the service.</param>
    public static ForwardingForm Of(string name, string signingName) => new(
        name, (target, time) => new ServiceForwarding(name, target, new RequestSigner(signingName, target.Region, time)).ServeAsync);

    public async Task ServeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        await TryRecognizeAsync(http, body);
        var sent = WithTheirAddresses(http, body.ToArray());
        using var request = ForwardedRequest.Make(http.Request, target.Endpoint, http.Request.Path.ToUriComponent(), sent.Length == 0 ? null : new ByteArrayContent(sent));
        if (target.Credentials is { } credentials) signer.Sign(request, sent, credentials);
        using var answer = await other.AskAsync(request, http.RequestAborted);
        await PassBackAsync(http, answer);
    }

    /// <summary>Reads what a trace shows of the request; of the JSON protocol the headers tell.</summary>
    protected virtual async Task RecognizeAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType && !http.Request.Query.ContainsKey("Action")) return;
        var request = await QueryRequest.Read(http.Request);
        if (request.Find("Action") is not null) http.Features.Set(request);
    }

    /// <summary>The request's body, with the other server's addresses where it has ours.</summary>
    protected virtual byte[] WithTheirAddresses(HttpContext http, byte[] body) => body;

    /// <summary>Gives the answer to the caller.</summary>
    protected virtual Task PassBackAsync(HttpContext http, HttpResponseMessage answer) => OtherServer.PassBackAsync(answer, http);

    async Task TryRecognizeAsync(HttpContext http, MemoryStream body)
    {
        body.Position = 0;
        http.Request.Body = body;
        try
        {
            await RecognizeAsync(http);
        }
        // What is wrong with it the other server will say, if it thinks so too.
        catch (AwsException)
        {
            return;
        }
    }
}
