import { TraceBuilder } from '../segments.mjs';

/** As much metadata as a document holds, wide, deep and long, and as many annotations as are indexed. */
export function bigMetadata() {
  const trace = new TraceBuilder(20);
  const wide = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`setting_${at}`, { value: at, text: `the value of setting ${at}` }]));
  let deep = { bottom: true };
  for (let at = 0; at < 60; at++) deep = { [`level_${60 - at}`]: deep };
  trace.segment('configurator', 0, 0.8, {
    metadata: { default: wide, nested: deep, text: { one_line: 'x'.repeat(16_000) } },
    annotations: Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`key_${at}`, at % 3 === 0 ? at : at % 3 === 1 ? `value ${at}` : at % 2 === 0])),
  });
  return trace.made;
}

/** Every kind of block that a segment document can have. */
export function everyDetail() {
  const trace = new TraceBuilder(25);
  const shop = trace.segment('checkout', 0, 0.75, {
    origin: 'AWS::ECS::Container',
    user: 'alice',
    resource_arn: 'arn:aws:ecs:us-east-1:000000000000:task/checkout/1',
    service: { version: '4.2.0', runtime: 'node', runtime_version: '20.20.0' },
    http: {
      request: { method: 'POST', url: 'https://shop.example/checkout?step=2', user_agent: 'Mozilla/5.0', client_ip: '192.0.2.7', x_forwarded_for: true },
      response: { status: 200, content_length: 1432 },
    },
    aws: {
      account_id: '000000000000',
      ecs: { container: 'checkout', container_id: 'a1b2c3' },
      xray: { sdk: 'X-Ray for Node.js', sdk_version: '3.12.0', sampling_rule_name: 'Default' },
      cloudwatch_logs: [{ log_group: '/ecs/checkout' }],
    },
    annotations: { tier: 'gold', items: 3, returning: true },
    metadata: { default: { cart: [{ sku: 'A-1', price: 12.5 }, { sku: 'B-2', price: 4 }] }, debug: { seed: 7 } },
  });
  trace.inside(shop, 'orders@db.internal', 0.05, 0.35, {
    namespace: 'remote',
    sql: {
      url: 'jdbc:postgresql://db.internal:5432/orders',
      sanitized_query: 'SELECT o.id, o.placed_at, SUM(l.price * l.amount) AS total\n  FROM orders o JOIN lines l ON l.order_id = o.id\n WHERE o.customer = ? AND o.placed_at > ?\n GROUP BY o.id, o.placed_at\n ORDER BY o.placed_at DESC LIMIT 20',
      database_type: 'PostgreSQL',
      database_version: '15.8',
      driver_version: '42.7.3',
      user: 'checkout',
      preparation: 'statement',
    },
  });
  trace.inside(shop, 'DynamoDB', 0.36, 0.42, {
    namespace: 'aws',
    http: { response: { status: 200, content_length: 2 } },
    aws: { operation: 'PutItem', table_name: 'carts', region: 'us-east-1', request_id: 'UBQNSO5AEM8T4FDA4RQDEB94OVTDRVV4K4HIRGVJF66Q9ASUAAJG', retries: 1 },
  });
  return trace.made;
}
