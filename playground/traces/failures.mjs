import { newId, TraceBuilder } from '../segments.mjs';

const stack = (depth, file) => Array.from({ length: depth }, (_, at) => ({ path: `/srv/${file}/layer-${at + 1}.js`, line: 10 + at * 7, label: `handle${at + 1}` }));

/** Exceptions with long stacks, one the cause of another, handed up through the segments; and calls refused or throttled. */
export function failing() {
  const trace = new TraceBuilder(15);
  const [timeout, wrapped] = [newId(), newId()];
  const front = trace.segment('front', 0, 1.2, {
    fault: true,
    http: { request: { method: 'GET', url: 'https://shop.example/orders/7' }, response: { status: 502 } },
    cause: timeout,
  });
  const call = trace.inside(front, 'orders', 0.1, 1.1, {
    namespace: 'remote',
    fault: true,
    http: { request: { method: 'GET', url: 'http://orders.internal/7', traced: true }, response: { status: 500 } },
    cause: wrapped,
  });
  const orders = trace.segment('orders', 0.15, 1.05, {
    parent_id: call.id,
    fault: true,
    http: { request: { method: 'GET', url: 'http://orders.internal/7' }, response: { status: 500 } },
    cause: {
      working_directory: '/srv/orders',
      paths: ['/srv/orders/main.js'],
      exceptions: [
        { id: wrapped, type: 'OrderUnavailable', message: 'Order 7 cannot be read', cause: timeout, stack: stack(80, 'orders'), truncated: 40 },
        { id: timeout, type: 'ETIMEDOUT', message: 'connect ETIMEDOUT 10.0.0.7:5432', remote: true, stack: stack(12, 'node_modules/pg') },
      ],
    },
  });
  for (const [at, status] of [400, 404, 429, 429, 503].entries()) {
    trace.inside(orders, 'DynamoDB', 0.2 + at * 0.15, 0.3 + at * 0.15, {
      namespace: 'aws',
      ...(status < 500 ? { error: true } : { fault: true }),
      ...(status === 429 ? { throttle: true } : {}),
      http: { response: { status } },
      aws: { operation: 'GetItem', table_name: 'orders', retries: at },
    });
  }
  return trace.made;
}

/** Markup and script in every field that takes any text. Names take none, save what X-Ray allows in them. */
export function hostile() {
  const trace = new TraceBuilder(10);
  const image = '<img src=x onerror="document.title=\'broken\'">';
  const script = '</pre></script><script>document.title="broken"</script>';
  const link = 'javascript:document.title="broken"';
  const told = {
    fault: true,
    annotations: { image, [image]: script, link },
    metadata: { [image]: { [script]: [image, { [link]: link }] }, ['__proto__']: { image }, constructor: { prototype: image } },
    cause: {
      working_directory: image,
      paths: [script],
      message: image,
      exceptions: [{ id: newId(), type: image, message: script, stack: [{ path: link, line: 1, label: image }] }],
    },
  };
  const segment = trace.segment('name onerror=alert:1 // & #', 0, 0.3, {
    ...told,
    origin: image,
    user: script,
    resource_arn: image,
    service: { version: image },
    http: { request: { method: image, url: link, user_agent: script, client_ip: image }, response: { status: 500 } },
    aws: { [image]: script, request_id: image },
  });
  trace.inside(segment, 'database', 0.1, 0.2, {
    ...told,
    namespace: 'remote',
    sql: { url: link, sanitized_query: `SELECT '${image}'; ${script}`, database_type: image, user: script },
  });
  return trace.made;
}
