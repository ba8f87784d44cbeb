// node kinesis.mjs ENDPOINT: streams with the SDK for JavaScript, which talks HTTP/2 to Kinesis where it can.
import assert from 'node:assert/strict';
import {
  CreateStreamCommand, GetRecordsCommand, GetShardIteratorCommand, KinesisClient, paginateListStreamConsumers, PutRecordCommand, PutRecordsCommand, RegisterStreamConsumerCommand,
  ResourceNotFoundException, DescribeStreamSummaryCommand, PutResourcePolicyCommand, GetResourcePolicyCommand, TagResourceCommand, ListTagsForResourceCommand, waitUntilStreamExists,
} from '@aws-sdk/client-kinesis';

const [endpoint] = process.argv.slice(2);
const kinesis = new KinesisClient({ endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }, maxAttempts: 1 });
const StreamName = 'script';
await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1, Tags: { team: 'shop' } }));
await waitUntilStreamExists({ client: kinesis, maxWaitTime: 30, minDelay: 1 }, { StreamName });
const { StreamDescriptionSummary: { StreamARN } } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));

const put = await kinesis.send(new PutRecordCommand({ StreamARN, PartitionKey: 'k', Data: Buffer.from([0, 1, 255]) }));
assert.equal(put.ShardId, 'shardId-000000000000');
const { Records: results, FailedRecordCount } = await kinesis.send(new PutRecordsCommand({
  StreamARN, Records: [1, 2, 3].map(n => ({ PartitionKey: 'k', Data: Buffer.from(`record ${n}`) })),
}));
assert.equal(FailedRecordCount, 0);
assert.ok(results.every(result => BigInt(result.SequenceNumber) > BigInt(put.SequenceNumber)));
const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand({ StreamARN, ShardId: put.ShardId, ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(Date.now() - 60_000) }));
const read = await kinesis.send(new GetRecordsCommand({ ShardIterator, StreamARN }));
assert.deepEqual([...read.Records[0].Data], [0, 1, 255]);
assert.deepEqual(read.Records.slice(1).map(record => Buffer.from(record.Data).toString()), ['record 1', 'record 2', 'record 3']);
assert.ok(Math.abs(Date.now() - read.Records[0].ApproximateArrivalTimestamp) < 60_000);

for (const ConsumerName of ['one', 'two', 'three']) await kinesis.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName, Tags: { by: 'script' } }));
const consumers = [];
for await (const page of paginateListStreamConsumers({ client: kinesis, pageSize: 2 }, { StreamARN })) consumers.push(...page.Consumers);
assert.deepEqual(consumers.map(consumer => consumer.ConsumerName), ['one', 'three', 'two']);
const tagsOf = async ResourceARN => Object.fromEntries((await kinesis.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags.map(tag => [tag.Key, tag.Value]));
assert.deepEqual(await tagsOf(consumers[0].ConsumerARN), { by: 'script' });
await kinesis.send(new TagResourceCommand({ ResourceARN: StreamARN, Tags: { stage: 'test' } }));
assert.deepEqual(await tagsOf(StreamARN), { team: 'shop', stage: 'test' });
const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'kinesis:PutRecord', Resource: StreamARN }] });
await kinesis.send(new PutResourcePolicyCommand({ ResourceARN: StreamARN, Policy }));
assert.equal((await kinesis.send(new GetResourcePolicyCommand({ ResourceARN: StreamARN }))).Policy, Policy);
await assert.rejects(kinesis.send(new PutRecordCommand({ StreamName: 'nowhere', PartitionKey: 'k', Data: Buffer.from('x') })), ResourceNotFoundException);
console.log('done');
