import { newId, TraceBuilder } from '../segments.mjs';

const account = '000000000000';
const arnOf = (name) => `arn:aws:lambda:us-east-1:${account}:function:${name}`;

/** An asynchronous event whose first two attempts fail: its wait, the waits of one and two minutes between them, and each attempt's parts. */
export function retried() {
  const trace = new TraceBuilder(240);
  const name = 'send-invoice';
  const service = trace.segment(name, 0, 0.014, {
    origin: 'AWS::Lambda', resource_arn: arnOf(name), http: { response: { status: 202 } }, aws: { request_id: '63ea79ab-e338-4c12-a534-91a2dc43e2b0' },
  });
  trace.alone(service, 'Dwell Time', 0, 0.45);
  for (const [at, from] of [0.45, 61.2, 182.0].entries()) {
    const failed = at < 2;
    const attempt = trace.alone(service, `Attempt #${at + 1}`, from, from + 1.4, { http: { response: { status: 200 } }, ...(failed ? { error: true } : {}) });
    const run = trace.segment(name, from + (at === 0 ? 0.6 : 0.02), from + 1.45, {
      parent_id: attempt.id,
      origin: 'AWS::Lambda::Function',
      aws: { account_id: account, function_arn: arnOf(name), resource_names: [name] },
      ...(failed ? { error: true, cause: { exceptions: [{ id: newId(), type: 'MailRefused', message: `450 try again later (${at + 1})`, stack: [{ path: '/var/task/index.js', line: 12, label: 'handler' }] }] } } : {}),
    });
    if (at === 0) trace.inside(run, 'Initialization', from + 0.05, from + 0.58);
    trace.inside(run, 'SMTP', from + 0.7, from + 1.35, {
      namespace: 'remote', ...(failed ? { error: true } : {}), http: { request: { method: 'POST', url: 'http://mail.internal/' }, response: { status: failed ? 450 : 200 } },
    });
    trace.inside(run, 'Overhead', from + 1.4, from + 1.45);
  }
  return trace.made;
}

/** Three producers, and a batch of their messages in a trace of its own that links to each. */
export function linked() {
  const producers = ['web', 'mobile', 'partner'].map((name, at) => {
    const trace = new TraceBuilder(60 - at);
    const api = trace.segment(`${name}-api`, 0, 0.2);
    const call = trace.inside(api, 'SQS', 0.05, 0.12, {
      namespace: 'aws', http: { response: { status: 200 } }, aws: { operation: 'SendMessage', queue_url: `http://sqs.internal/${account}/orders` },
    });
    return { trace, call };
  });
  const consumer = new TraceBuilder(50);
  const name = 'ship-orders';
  const service = consumer.segment(name, 0, 0.9, {
    origin: 'AWS::Lambda',
    resource_arn: arnOf(name),
    http: { response: { status: 200 } },
    links: producers.map(({ trace, call }) => ({ trace_id: trace.id, id: call.id, attributes: { 'aws.xray.reserved.reference_type': 'parent' } })),
  });
  consumer.segment(name, 0.02, 0.88, { parent_id: service.id, origin: 'AWS::Lambda::Function' });
  return {
    ids: [consumer.id, ...producers.map(({ trace }) => trace.id)],
    documents: [...producers.flatMap(({ trace }) => trace.documents), ...consumer.documents],
  };
}
