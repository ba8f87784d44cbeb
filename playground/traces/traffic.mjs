import { TraceBuilder } from '../segments.mjs';

const paths = ['/', '/orders', '/orders/7', '/search', '/login'];
const users = ['alice', 'bob', 'carol', 'dave'];
const tiers = ['gold', 'silver'];

/** Three hundred requests of the last half hour: by path, by user and by tier some are slower, and some fail. */
export function traffic() {
  const made = Array.from({ length: 300 }, (_, at) => request(at));
  return { ids: made.map((trace) => trace.id), documents: made.flatMap((trace) => trace.documents) };
}

function request(at) {
  const trace = new TraceBuilder(5 + at * 6);
  const path = paths[at % paths.length];
  const seconds = (0.02 + (at % paths.length) * 0.05) * (1 + ((at * 7919) % 100) / 25);
  const status = at % 23 === 22 ? 500 : at % 17 === 16 ? 429 : at % 13 === 12 ? 404 : 200;
  const failed = { ...(status >= 500 ? { fault: true } : {}), ...(status >= 400 && status < 500 ? { error: true } : {}), ...(status === 429 ? { throttle: true } : {}) };
  const shop = trace.segment('shop', 0, seconds, {
    origin: 'AWS::ECS::Container',
    user: users[at % users.length],
    annotations: { tier: tiers[at % 3 === 0 ? 0 : 1], items: at % 5 },
    http: { request: { method: path === '/login' ? 'POST' : 'GET', url: `https://shop.example${path}` }, response: { status } },
    ...failed,
  });
  trace.inside(shop, 'DynamoDB', seconds * 0.2, seconds * 0.8, {
    namespace: 'aws', http: { response: { status: 200 } }, aws: { operation: 'GetItem', table_name: 'orders' },
  });
  return trace;
}
