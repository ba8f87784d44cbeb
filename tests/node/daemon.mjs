// daemon.mjs ADDRESS NAME: the X-Ray SDK for Node.js (of the sample function) sends a trace to a daemon and asks it for sampling rules.
import { createRequire } from 'node:module';

const [, , address, name] = process.argv;
process.env.AWS_XRAY_DAEMON_ADDRESS = address;
const require = createRequire(new URL('../../samples/put-object/package.json', import.meta.url));
const xray = require('aws-xray-sdk-core');
const rules = require('aws-xray-sdk-core/dist/lib/middleware/sampling/rule_cache.js');
const sampler = require('aws-xray-sdk-core/dist/lib/middleware/sampling/default_sampler.js');

const segment = new xray.Segment(name);
const query = segment.addNewSubsegment('query');
query.addAnnotation('table', 'carts');
query.close();
segment.close();

sampler.start();
// Its rules come over a socket that would not keep the process alive.
const waiting = setInterval(() => {
  if (rules.rules.length === 0) return;
  clearInterval(waiting);
  console.log(JSON.stringify({ traceId: segment.trace_id, rules: rules.rules.map((rule) => [rule.name, rule.rate]) }));
  process.exit(0);
}, 20);
