namespace Lambray.Tests.Server.Streaming;

/// <summary>A function that takes the Runtime API into its own hands and answers as its event says.</summary>
static class StreamingRuntime
{
    /// <summary>
    /// <c>{chunks: […], gate, trailers: {…}, cut, megabytes, mode, contentType, invocationId, again, done}</c>: streams the chunks; waits for the object
    /// <c>/gate/open</c> behind the first if told to; sends trailers; or cuts its connection; writes <c>/gate/NAME</c> when done. The next
    /// response to <c>{seen: true}</c> lists what its answers were answered.
    /// </summary>
    public const string Source = """
        import http from 'node:http';
        const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
        const api = (method, path, headers = {}) => http.request({ host, port, method, path: `/2018-06-01/runtime/invocation/${path}`, headers });
        const answer = (request) => new Promise((done, failed) => request.on('error', failed).on('response', async (response) => {
          let text = '';
          for await (const part of response) text += part;
          done({ status: response.statusCode, headers: response.headers, text });
        }));
        const object = (name) => `${process.env.AWS_ENDPOINT_URL}/gate/${name}`;
        const open = async () => { while ((await fetch(object('open'))).status !== 200); };
        let seen = [];
        for (;;) {
          const asking = api('GET', 'next');
          asking.end();
          const { headers, text } = await answer(asking);
          const event = JSON.parse(text);
          const path = `${headers['lambda-runtime-aws-request-id']}/response`;
          if (event.seen) {
            const request = api('POST', path);
            request.end(JSON.stringify(seen));
            await answer(request);
            seen = [];
            continue;
          }
          if (event.invocationId) {
            const wrong = api('POST', path, { 'Lambda-Runtime-Invocation-Id': event.invocationId });
            wrong.end('"wrong"');
            const { status, text } = await answer(wrong);
            seen.push([status, JSON.parse(text).errorType]);
          }
          const request = api('POST', path, {
            'Lambda-Runtime-Function-Response-Mode': event.mode ?? 'streaming', 'Transfer-Encoding': 'chunked',
            'Lambda-Runtime-Invocation-Id': headers['lambda-runtime-invocation-id'],
            ...(event.contentType && { 'Content-Type': event.contentType }), ...(event.trailers && { Trailer: Object.keys(event.trailers).join(', ') }),
          });
          const answered = answer(request).catch((error) => ({ status: 0, text: '{}' }));
          for (const [index, chunk] of (event.chunks ?? []).entries()) {
            if (index === 1 && event.gate) await open();
            await new Promise((written) => request.write(chunk, written));
          }
          const megabyte = Buffer.alloc(1024 * 1024, 'm');
          for (let i = 0; i < (event.megabytes ?? 0); i++) await new Promise((written) => request.write(megabyte, written));
          if (event.cut === 'connection') request.destroy();
          else if (event.cut === 'process') process.exit(1);
          else if (event.cut === 'never') await new Promise(() => {});
          else {
            if (event.trailers) request.addTrailers(event.trailers);
            request.end();
          }
          const { status, text: reply } = await answered;
          seen.push([status, JSON.parse(reply || '{}').errorType]);
          if (event.done) await fetch(object(event.done), { method: 'PUT', body: 'x' });
        }
        """;
}
