// playground/run [--endpoint URL | --daemon HOST:PORT] NAME…: makes hard traces and sends them to a running server. README.md tells of each.
import { parseArgs } from 'node:util';
import { sendByHttp, sendByUdp } from './sending.mjs';
import { traces } from './traces/index.mjs';

const usage = `playground/run [--endpoint URL | --daemon HOST:PORT] NAME…
Sends hard traces to a running server and prints the id of each. NAME is 'all' or of: ${Object.keys(traces).join(' ')}`;

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`playground/run: ${error.message}`);
  process.exitCode = 1;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { endpoint: { type: 'string', default: 'http://127.0.0.1:4566' }, daemon: { type: 'string' }, help: { type: 'boolean' } },
  });
  const names = positionals.includes('all') ? Object.keys(traces) : positionals;
  const unknown = names.find((name) => !Object.hasOwn(traces, name));
  if (values.help || names.length === 0 || unknown !== undefined) {
    if (unknown !== undefined) console.error(`playground/run: no trace '${unknown}'`);
    console.error(usage);
    return values.help ? 0 : 2;
  }
  const send = values.daemon === undefined ? sendByHttp(values.endpoint) : sendByUdp(values.daemon);
  for (const name of names) {
    const { ids, documents } = traces[name]();
    await send(documents);
    for (const id of ids) console.log(`${name} ${id}`);
  }
  return 0;
}
