namespace Lambray.Tests.Server.Extensions;

/// <summary>An external extension as its author would write it, with everything that a test may ask of it by environment variables.</summary>
static class ExtensionSource
{
    /// <summary>
    /// Writes what it meets to <c>/extensions/NAME-N</c> objects of the server. <c>EXT_FAIL</c>: init-error, exit-error or crash; <c>EXT_LINGER</c>: milliseconds that it
    /// works on after each event; <c>EXT_EVENTS</c>: what it registers for.
    /// </summary>
    public const string Text = """
        #!/usr/bin/env node
        const name = require('path').basename(__filename);
        const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2020-01-01/extension`;
        const { EXT_FAIL: fail, EXT_LINGER: linger, EXT_EVENTS: events = 'INVOKE,SHUTDOWN' } = process.env;
        const fs = require('fs');
        const temporary = process.env.TMPDIR ?? '/tmp';
        let n = 0;
        const tell = (what) => fetch(`${process.env.AWS_ENDPOINT_URL}/extensions/${process.env.AWS_LAMBDA_FUNCTION_NAME}-${name}-${n++}`, { method: 'PUT', body: JSON.stringify(what) });
        const pause = (ms) => new Promise((done) => setTimeout(done, ms));
        (async () => {
          fs.writeFileSync(`${temporary}/prepared`, name);
          const registered = await fetch(`${api}/register`, {
            method: 'POST', headers: { 'Lambda-Extension-Name': name, 'Lambda-Extension-Accept-Feature': 'accountId' }, body: JSON.stringify({ events: events.split(',') }),
          });
          const id = registered.headers.get('lambda-extension-identifier');
          const headers = { 'Lambda-Extension-Identifier': id, 'Lambda-Extension-Function-Error-Type': 'Extension.Own' };
          console.log(`${name} is here`);
          await tell({ registered: await registered.json(), hidden: [process.env._HANDLER, process.env.LAMBDA_TASK_ROOT, process.env.AWS_XRAY_DAEMON_ADDRESS], region: process.env.AWS_REGION });
          if (fail === 'init-error') { await fetch(`${api}/init/error`, { method: 'POST', headers }); process.exit(3); }
          for (;;) {
            const event = await (await fetch(`${api}/event/next`, { headers })).json();
            await tell({ ...event, left: event.deadlineMs - Date.now(), terminated: fs.existsSync(`${temporary}/terminated`) });
            if (event.eventType === 'SHUTDOWN') process.exit(0);
            if (fail === 'crash') process.exit(2);
            if (fail === 'exit-error') { await fetch(`${api}/exit/error`, { method: 'POST', headers }); process.exit(0); }
            if (linger) await pause(Number(linger));
          }
        })();
        """;
}
