using System.Buffers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Lambray.Server.Hosting;

/// <summary>HTTP/2 without TLS on the port of HTTP/1.1, for clients that begin with it (RFC 9113, 3.3): the SDK for JavaScript speaks to Kinesis so, whatever the endpoint.</summary>
/// <remarks>
/// Kestrel chooses by what TLS has agreed on and takes a connection without TLS for HTTP/1.1. So a connection that begins with HTTP/2's preface, which is no request of
/// HTTP/1.1, is given what TLS would have left behind.
/// </remarks>
static class PriorKnowledge
{
    public static void UsePriorKnowledge(this ListenOptions options) => options.Use(next => connection => ServeAsync(next, connection));

    static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0"u8;

    static async Task ServeAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        // A server that stops does not wait for who has not said anything.
        var ending = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? connection.ConnectionClosed;
        try
        {
            if (await BeginsWithPrefaceAsync(connection, ending)) AgreedOnHttp2.Set(connection.Features);
        }
        catch (Exception error) when (error is OperationCanceledException or ConnectionResetException or IOException)
        {
            return;
        }
        await next(connection);
    }

    static async Task<bool> BeginsWithPrefaceAsync(ConnectionContext connection, CancellationToken ending)
    {
        var input = connection.Transport.Input;
        while (true)
        {
            var read = await input.ReadAsync(ending);
            var isPreface = FitsSoFar(read.Buffer);
            var isDecided = !isPreface || read.IsCompleted || read.Buffer.Length >= Preface.Length;
            // Nothing is taken: what was looked at is read again by whoever serves it.
            input.AdvanceTo(read.Buffer.Start, isDecided ? read.Buffer.Start : read.Buffer.End);
            if (isDecided) return isPreface && read.Buffer.Length >= Preface.Length;
        }
    }

    static bool FitsSoFar(in ReadOnlySequence<byte> begun)
    {
        Span<byte> first = stackalloc byte[(int)Math.Min(begun.Length, Preface.Length)];
        begun.Slice(0, first.Length).CopyTo(first);
        return Preface.StartsWith(first);
    }

    sealed class AgreedOnHttp2 : ITlsConnectionFeature, ITlsApplicationProtocolFeature
    {
        public static void Set(IFeatureCollection features)
        {
            var agreed = new AgreedOnHttp2();
            features.Set<ITlsConnectionFeature>(agreed);
            features.Set<ITlsApplicationProtocolFeature>(agreed);
        }

        public X509Certificate2? ClientCertificate { get; set; }

        public ReadOnlyMemory<byte> ApplicationProtocol => SslApplicationProtocol.Http2.Protocol;

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult(ClientCertificate);
    }
}
