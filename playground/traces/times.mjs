import { TraceBuilder } from '../segments.mjs';

/** A callee whose clock is 400 ms behind and one whose clock is 300 ms ahead. */
export function skewed() {
  const trace = new TraceBuilder(45);
  const shop = trace.segment('shop', 0, 1, { http: { request: { method: 'POST', url: 'http://shop.internal/orders' }, response: { status: 201 } } });
  for (const [name, from, skew] of [['stock', 0.1, -0.4], ['payment', 0.5, 0.3]]) {
    const call = trace.inside(shop, name, from, from + 0.3, {
      namespace: 'remote',
      http: { request: { method: 'POST', url: `http://${name}.internal/`, traced: true }, response: { status: 200 } },
    });
    const callee = trace.segment(name, from + 0.05 + skew, from + 0.25 + skew, { parent_id: call.id });
    trace.inside(callee, 'lock', from + 0.1 + skew, from + 0.2 + skew);
  }
  return trace.made;
}

/** Work that has begun and goes on: nothing of it is ever finished. */
export function running() {
  const trace = new TraceBuilder(3);
  const report = trace.segment('nightly-report', 0, undefined, { origin: 'AWS::ECS::Container' });
  trace.alone(report, 'collect', 0.1, 1.4);
  const render = trace.alone(report, 'render', 1.5);
  trace.alone(render, 'page 1', 1.6, 2.2);
  trace.alone(render, 'page 2', 2.2);
  return trace.made;
}

/** Microseconds in a trace of four minutes, at its start, at its end and all at once. */
export function instants() {
  const trace = new TraceBuilder(300);
  const batch = trace.segment('nightly-batch', 0, 240);
  for (let at = 0; at < 20; at++) trace.inside(batch, `tick ${at + 1}`, at * 0.000_010, at * 0.000_010 + 0.000_003);
  for (let at = 0; at < 20; at++) trace.inside(batch, `worker ${at + 1}`, 60 + at, 180 - at, { annotations: { worker: at + 1 } });
  trace.inside(batch, 'nothing at all', 239.999_999, 239.999_999);
  return trace.made;
}
