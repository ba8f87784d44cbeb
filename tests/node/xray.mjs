// Usage: node xray.mjs ENDPOINT: what only newer SDKs know of X-Ray: boosts, indexing rules, the destination of segments, retrieval of traces.
import assert from 'node:assert/strict';
import * as xray from '@aws-sdk/client-xray';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const client = new xray.XRayClient({ endpoint: process.argv[2], region: 'eu-central-1', credentials, maxAttempts: 1 });
const call = (operation, input = {}) => client.send(new xray[`${operation}Command`](input));
const refused = (operation, input, name) => assert.rejects(call(operation, input), error => error.name === name);

// Boosts
const rule = {
  RuleName: 'boosted', Priority: 1, FixedRate: 0.05, ReservoirSize: 3, ServiceName: '*', ServiceType: '*', Host: '*', HTTPMethod: '*', URLPath: '*',
  ResourceARN: '*', Version: 1, SamplingRateBoost: { MaxRate: 0.5, CooldownWindowMinutes: 10 },
};
const { SamplingRuleRecord: record } = await call('CreateSamplingRule', { SamplingRule: rule });
assert.deepEqual(record.SamplingRule.SamplingRateBoost, rule.SamplingRateBoost);
await refused('UpdateSamplingRule', { SamplingRuleUpdate: { RuleName: 'boosted', SamplingRateBoost: { MaxRate: 1.5, CooldownWindowMinutes: 1 } } }, 'InvalidRequestException');
const now = new Date();
const statistics = { RuleName: 'boosted', ClientID: '0123456789abcdef01234567', Timestamp: now, RequestCount: 100, SampledCount: 5 };
const anomalies = { ServiceName: 'shop', Timestamp: now, AnomalyCount: 25, TotalCount: 100, SampledAnomalyCount: 1 };
const targets = await call('GetSamplingTargets', {
  SamplingStatisticsDocuments: [statistics],
  SamplingBoostStatisticsDocuments: [{ RuleName: 'boosted', ...anomalies }, { RuleName: 'Default', ...anomalies }],
});
const [target] = targets.SamplingTargetDocuments;
assert.equal(target.ReservoirQuota, 3);
assert.equal(target.SamplingBoost.BoostRate, 0.4);
assert.ok(target.SamplingBoost.BoostRateTTL > now);
assert.deepEqual(targets.UnprocessedBoostStatistics.map(({ RuleName, ErrorCode }) => [RuleName, ErrorCode]), [['Default', '400']]);

// Indexing rules
const [indexing] = (await call('GetIndexingRules')).IndexingRules;
assert.deepEqual([indexing.Name, indexing.Rule.Probabilistic.DesiredSamplingPercentage], ['Default', 1]);
const { IndexingRule: updated } = await call('UpdateIndexingRule', { Name: 'Default', Rule: { Probabilistic: { DesiredSamplingPercentage: 25 } } });
assert.deepEqual(updated.Rule.Probabilistic, { DesiredSamplingPercentage: 25, ActualSamplingPercentage: 100 });
assert.deepEqual((await call('GetIndexingRules')).IndexingRules, [updated]);
await refused('UpdateIndexingRule', { Name: 'Other', Rule: { Probabilistic: { DesiredSamplingPercentage: 25 } } }, 'ResourceNotFoundException');
await refused('UpdateIndexingRule', { Name: 'Default', Rule: { Probabilistic: { DesiredSamplingPercentage: 101 } } }, 'InvalidRequestException');

// The destination
const destination = async (operation, input) => (({ Destination, Status }) => [Destination, Status])(await call(operation, input));
assert.deepEqual(await destination('GetTraceSegmentDestination'), ['XRay', 'ACTIVE']);
assert.deepEqual(await destination('UpdateTraceSegmentDestination', { Destination: 'CloudWatchLogs' }), ['CloudWatchLogs', 'PENDING']);
assert.deepEqual(await destination('GetTraceSegmentDestination'), ['CloudWatchLogs', 'ACTIVE']);
await refused('UpdateTraceSegmentDestination', { Destination: 'Elsewhere' }, 'InvalidRequestException');

// Retrieval: seven traces, one of them with more than a page of subsegments
const seconds = Math.floor(now / 1000);
const traceId = n => `1-${seconds.toString(16)}-${n.toString(16).padStart(24, '0')}`;
const id = n => n.toString(16).padStart(16, '0');
const part = (n, more) => ({ id: id(n), name: `part-${n}`, start_time: seconds, end_time: seconds + 0.25, ...more });
const segment = (n, more) => ({ ...part(n, { name: 'shop' }), trace_id: traceId(n), ...more });
const documents = [1, 2, 3, 4, 5, 6].map(n => segment(n));
documents.push(segment(7, {
  fault: true, origin: 'AWS::EC2::Instance', annotations: { tier: 'gold' }, metadata: { cart: { items: 3 } },
  http: { request: { method: 'GET', url: 'https://shop.example/' }, response: { status: 502 } },
  cause: { working_directory: '/', exceptions: [{ id: id(99), type: 'Boom', message: 'it broke', stack: [{ path: 'shop.js', line: 7, label: 'pay' }] }] },
  links: [{ trace_id: traceId(1), id: id(1), attributes: { 'aws.xray.reserved.reference_type': 'parent' } }],
  subsegments: Array.from({ length: 150 }, (_, i) => part(1000 + i, i ? {} : { namespace: 'remote', name: 'bank.example' })),
}));
assert.deepEqual((await call('PutTraceSegments', { TraceSegmentDocuments: documents.map(document => JSON.stringify(document)) })).UnprocessedTraceSegments, []);

const range = { StartTime: new Date(now - 60_000), EndTime: new Date(+now + 60_000) };
const retrieve = async (ids, during = range) => {
  const { RetrievalToken } = await call('StartTraceRetrieval', { TraceIds: ids, ...during });
  for (;;) {
    const { RetrievalStatus } = await call('ListRetrievedTraces', { RetrievalToken });
    if (!['SCHEDULED', 'RUNNING'].includes(RetrievalStatus)) return [RetrievalToken, RetrievalStatus];
    await new Promise(resolve => setTimeout(resolve, 10));
  }
};
const pages = async (RetrievalToken, TraceFormat) => {
  const all = [];
  let NextToken;
  do {
    const page = await call('ListRetrievedTraces', { RetrievalToken, TraceFormat, NextToken });
    assert.equal(page.TraceFormat, TraceFormat);
    all.push(page.Traces);
    NextToken = page.NextToken;
  } while (NextToken);
  return all;
};
const [token, status] = await retrieve([...[1, 2, 3, 4, 5, 6, 7].map(traceId), traceId(8)]);
assert.equal(status, 'COMPLETE');
const asXRay = await pages(token, 'XRAY');
assert.deepEqual(asXRay.map(page => page.map(trace => trace.Id)), [[1, 2, 3, 4, 5].map(traceId), [6, 7].map(traceId)]);
// The seventh: itself, and the segment inferred from its call.
assert.deepEqual(asXRay[1][1].Spans.map(span => span.Id)[0], id(7));
assert.equal(JSON.parse(asXRay[1][1].Spans[0].Document).subsegments.length, 150);

const spans = await pages(token, 'OTEL');
assert.deepEqual(spans.map(page => page.map(trace => trace.Spans.length)), [[1, 1, 1, 1, 1], [1, 100], [51]]);
const [root, bank] = spans[1][1].Spans.map(span => JSON.parse(span.Document));
const nano = seconds * 1e9;
assert.deepEqual(root, {
  resource: { attributes: { 'service.name': 'shop', 'aws.xray.origin': 'AWS::EC2::Instance' } },
  scope: { name: 'aws.xray' },
  traceId: traceId(7).slice(2).replace('-', ''), spanId: id(7), flags: 1, name: 'shop', kind: 'CONSUMER',
  startTimeUnixNano: nano, endTimeUnixNano: nano + 250_000_000, durationNano: 250_000_000,
  attributes: {
    'http.request.method': 'GET', 'url.full': 'https://shop.example/', 'http.response.status_code': 502, 'aws.xray.fault': true,
    'aws.xray.metadata.cart': { items: 3 }, 'aws.xray.annotations': ['tier'], tier: 'gold',
  },
  events: [{
    timeUnixNano: nano + 250_000_000, name: 'exception',
    attributes: { 'exception.type': 'Boom', 'exception.message': 'it broke', 'exception.stacktrace': 'at pay (shop.js:7)' },
  }],
  status: { code: 'ERROR', message: 'it broke' },
  links: [{ traceId: traceId(1).slice(2).replace('-', ''), spanId: id(1) }],
});
assert.deepEqual([bank.name, bank.kind, bank.parentSpanId, bank.status.code], ['bank.example', 'CLIENT', id(7), 'UNSET']);

const graph = await call('GetRetrievedTracesGraph', { RetrievalToken: token });
assert.equal(graph.RetrievalStatus, 'COMPLETE');
const shop = graph.Services.find(({ Service }) => Service.Name === 'shop' && Service.Type === 'AWS::EC2::Instance');
assert.deepEqual(shop.Links, [{ ReferenceType: 'parent', SourceTraceId: traceId(7), DestinationTraceIds: [traceId(1)] }]);
assert.ok(graph.Services.some(({ Service }) => Service.Name === 'bank.example' && Service.Type === 'remote'));

const [earlier] = await retrieve([traceId(1)], { StartTime: new Date(0), EndTime: new Date(now - 60_000) });
assert.deepEqual(await pages(earlier, 'XRAY'), [[]]);
await call('CancelTraceRetrieval', { RetrievalToken: token });
await refused('CancelTraceRetrieval', { RetrievalToken: 'never' }, 'ResourceNotFoundException');
await refused('ListRetrievedTraces', { RetrievalToken: 'never' }, 'ResourceNotFoundException');
await refused('ListRetrievedTraces', { RetrievalToken: token, TraceFormat: 'ZIPKIN' }, 'InvalidRequestException');
await refused('ListRetrievedTraces', { RetrievalToken: token, NextToken: 'x' }, 'InvalidRequestException');
await refused('StartTraceRetrieval', { TraceIds: Array(101).fill(traceId(1)), ...range }, 'InvalidRequestException');
await refused('StartTraceRetrieval', { TraceIds: ['nonsense'], ...range }, 'InvalidRequestException');
