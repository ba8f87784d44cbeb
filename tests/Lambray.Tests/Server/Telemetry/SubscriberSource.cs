namespace Lambray.Tests.Server.Telemetry;

/// <summary>An extension that subscribes to everything by the protocol that is its name, and tells what it got when it is told to shut down.</summary>
static class SubscriberSource
{
    public const string Text = """
        #!/usr/bin/env node
        const name = require('path').basename(__filename);
        const base = `http://${process.env.AWS_LAMBDA_RUNTIME_API}`;
        const got = [];
        let complete;
        const completed = new Promise((done) => { complete = done; });
        const take = (events) => {
          got.push(...events);
          if (got.filter(({ type }) => type === 'platform.report').length === 2) complete();
        };
        const listen = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));
        const http = () => require('http').createServer(async (request, response) => {
          let text = '';
          for await (const part of request) text += part;
          take(JSON.parse(text));
          response.end();
        });
        const tcp = () => require('net').createServer((socket) => {
          require('readline').createInterface({ input: socket }).on('line', (line) => take([JSON.parse(line)]));
        });
        (async () => {
          const registered = await fetch(`${base}/2020-01-01/extension/register`, {
            method: 'POST', headers: { 'Lambda-Extension-Name': name }, body: JSON.stringify({ events: ['INVOKE', 'SHUTDOWN'] }),
          });
          const headers = { 'Lambda-Extension-Identifier': registered.headers.get('lambda-extension-identifier') };
          const port = await listen(name === 'http' ? http() : tcp());
          const [path, body] = name === 'http'
            ? ['2022-07-01/telemetry', { schemaVersion: '2022-12-13', destination: { protocol: 'HTTP', URI: `http://sandbox.localdomain:${port}/events` } }]
            : ['2020-08-15/logs', { schemaVersion: '2021-03-18', destination: { protocol: 'TCP', port } }];
          const subscribed = await fetch(`${base}/${path}`, {
            method: 'PUT', headers, body: JSON.stringify({ ...body, types: ['platform', 'function', 'extension'], buffering: { maxItems: 1000, maxBytes: 262144, timeoutMs: 25 } }),
          });
          console.log(`${name} ${subscribed.status} ${await subscribed.text()}`);
          for (;;) {
            const event = await (await fetch(`${base}/2020-01-01/extension/event/next`, { headers })).json();
            if (event.eventType !== 'SHUTDOWN') continue;
            await completed;
            await fetch(`${process.env.AWS_ENDPOINT_URL}/telemetry/${name}`, { method: 'PUT', body: JSON.stringify(got) });
            process.exit(0);
          }
        })();
        """;
}
