// node metrics.mjs ENDPOINT NAMESPACE json|cbor|query: puts metrics and reads them back, in the protocol that is named.
import {
  CloudWatchClient, GetMetricStatisticsCommand, InvalidParameterValueException, MissingRequiredParameterException, paginateGetMetricData, paginateListMetrics,
  PutMetricAlarmCommand, PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { AwsJson1_0Protocol, AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';

const [endpoint, Namespace, protocol] = process.argv.slice(2);
const cloudWatch = new CloudWatchClient({
  endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }, maxAttempts: 1,
  // With this protocol the SDK gives the length that the body had before it was compressed.
  disableRequestCompression: protocol === 'cbor',
  protocol: { json: AwsJson1_0Protocol, cbor: AwsSmithyRpcV2CborProtocol, query: AwsQueryProtocol }[protocol],
});
const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const Dimensions = [{ Name: 'Page', Value: 'cart' }];
// Large enough to be compressed.
const filling = Array.from({ length: 200 }, (_, i) => ({ MetricName: `filling${i}`, Value: i, Unit: 'None', Timestamp: minute }));
await cloudWatch.send(new PutMetricDataCommand({
  Namespace,
  MetricData: [
    { MetricName: 'Latency', Dimensions, Timestamp: minute, Unit: 'Milliseconds', Values: [1, 2.5, 1e6], Counts: [2, 1, 1] },
    { MetricName: 'Latency', Dimensions, Timestamp: minute, Unit: 'Milliseconds', StatisticValues: { SampleCount: 2, Sum: 8, Minimum: 4, Maximum: 4 } },
    { MetricName: 'Visits', Timestamp: minute, Value: -3 },
    ...filling,
  ],
}));
const listed = [];
for await (const page of paginateListMetrics({ client: cloudWatch }, { Namespace })) listed.push(...page.Metrics);
const times = { StartTime: minute, EndTime: new Date(minute.getTime() + 60_000) };
const { Datapoints, Label } = await cloudWatch.send(new GetMetricStatisticsCommand({
  Namespace, MetricName: 'Latency', Dimensions, ...times, Period: 60, Statistics: ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'],
}));
const percentile = await cloudWatch.send(new GetMetricStatisticsCommand({ Namespace, MetricName: 'Visits', ...times, Period: 60, ExtendedStatistics: ['p99'] }));
const MetricDataQueries = [
  { Id: 'latency', MetricStat: { Metric: { Namespace, MetricName: 'Latency', Dimensions }, Period: 60, Stat: 'Sum' }, ReturnData: false },
  { Id: 'e1', Expression: 'latency / 2 + 1', Label: 'half' },
];
const results = [];
for await (const page of paginateGetMetricData({ client: cloudWatch }, { MetricDataQueries, ...times })) results.push(...page.MetricDataResults);
const caught = (command) => cloudWatch.send(command).then(() => 'accepted', (error) => error);
const invalid = await caught(new PutMetricDataCommand({ Namespace: 'AWS/Own', MetricData: [{ MetricName: 'a', Value: 1 }] }));
const missing = await caught(new PutMetricDataCommand({ Namespace, MetricData: [{ MetricName: 'a' }] }));
const alarm = await caught(new PutMetricAlarmCommand({ AlarmName: 'a', EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold' }));
console.log(JSON.stringify({
  listed: listed.length, latency: listed.find((metric) => metric.MetricName === 'Latency').Dimensions, Label,
  datapoint: Datapoints.map(({ Timestamp, ...rest }) => ({ ...rest, isThen: Timestamp.getTime() === minute.getTime() })),
  percentile: percentile.Datapoints[0].ExtendedStatistics,
  results: results.map(({ Timestamps, ...rest }) => ({ ...rest, isThen: Timestamps[0].getTime() === minute.getTime() })),
  invalid: invalid instanceof InvalidParameterValueException && invalid.message, missing: missing instanceof MissingRequiredParameterException && missing.message,
  alarm: [alarm.name, alarm.message],
}));
