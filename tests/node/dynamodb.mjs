// node dynamodb.mjs ENDPOINT: tables, documents, transactions, PartiQL and streams, with the SDK for JavaScript and its document client.
import assert from 'node:assert/strict';
import {
  ConditionalCheckFailedException, CreateTableCommand, DeleteTableCommand, DescribeTableCommand, DynamoDBClient, ResourceNotFoundException, TransactionCanceledException,
  UpdateTableCommand, waitUntilTableExists, waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand, ListStreamsCommand } from '@aws-sdk/client-dynamodb-streams';
import {
  BatchGetCommand, BatchWriteCommand, DeleteCommand, DynamoDBDocumentClient, ExecuteStatementCommand, GetCommand, paginateQuery, paginateScan, PutCommand, TransactGetCommand,
  TransactWriteCommand, UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const [endpoint] = process.argv.slice(2);
const config = { endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }, maxAttempts: 1 };
const client = new DynamoDBClient(config);
const streams = new DynamoDBStreamsClient(config);
const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
const TableName = 'node-orders';

await client.send(new CreateTableCommand({
  TableName,
  AttributeDefinitions: [{ AttributeName: 'customer', AttributeType: 'S' }, { AttributeName: 'at', AttributeType: 'N' }, { AttributeName: 'state', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'customer', KeyType: 'HASH' }, { AttributeName: 'at', KeyType: 'RANGE' }],
  GlobalSecondaryIndexes: [{ IndexName: 'by-state', KeySchema: [{ AttributeName: 'state', KeyType: 'HASH' }, { AttributeName: 'at', KeyType: 'RANGE' }], Projection: { ProjectionType: 'ALL' } }],
  BillingMode: 'PAY_PER_REQUEST',
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
}));
await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.1 }, { TableName });

const first = { customer: 'ann', at: 1, state: 'new', lines: [{ sku: 'a', count: 2 }], tags: new Set(['x', 'y']), picture: new Uint8Array([0, 255]), note: 'größer 🙂', empty: '', none: null };
await documents.send(new PutCommand({ TableName, Item: first }));
assert.deepEqual((await documents.send(new GetCommand({ TableName, Key: { customer: 'ann', at: 1 } }))).Item, first);
await assert.rejects(documents.send(new PutCommand({
  TableName, Item: { customer: 'ann', at: 1 }, ConditionExpression: 'attribute_not_exists(customer)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
})), error => error instanceof ConditionalCheckFailedException && error.Item.state.S === 'new');
const { Attributes } = await documents.send(new UpdateCommand({
  TableName, Key: { customer: 'ann', at: 1 },
  UpdateExpression: 'SET #l[0].#c = #l[0].#c + :one, #s = :sent REMOVE note DELETE tags :x', ExpressionAttributeNames: { '#l': 'lines', '#c': 'count', '#s': 'state' },
  ExpressionAttributeValues: { ':one': 1, ':sent': 'sent', ':x': new Set(['x']) }, ReturnValues: 'UPDATED_NEW',
}));
assert.deepEqual(Attributes, { lines: [{ count: 3 }], state: 'sent', tags: new Set(['y']) });

const more = Array.from({ length: 25 }, (_, at) => ({ PutRequest: { Item: { customer: 'bob', at, state: at % 2 ? 'odd' : 'even' } } }));
assert.deepEqual((await documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: more } }))).UnprocessedItems, {});
const pages = async paginator => { const all = []; for await (const page of paginator) all.push(page.Items.map(item => item.at)); return all; };
assert.deepEqual(await pages(paginateQuery({ client: documents, pageSize: 5 }, {
  TableName, IndexName: 'by-state', KeyConditionExpression: '#s = :odd AND #at > :from', ExpressionAttributeNames: { '#s': 'state', '#at': 'at' },
  ExpressionAttributeValues: { ':odd': 'odd', ':from': 4 }, ScanIndexForward: false,
})), [[23, 21, 19, 17, 15], [13, 11, 9, 7, 5], []]);
assert.equal((await pages(paginateScan({ client: documents, pageSize: 10 }, { TableName, FilterExpression: 'customer = :bob', ExpressionAttributeValues: { ':bob': 'bob' } }))).flat().length, 25);
const found = await documents.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [{ customer: 'bob', at: 3 }, { customer: 'bob', at: 99 }], ProjectionExpression: '#at', ExpressionAttributeNames: { '#at': 'at' } } } }));
assert.deepEqual(found.Responses[TableName], [{ at: 3 }]);

await assert.rejects(documents.send(new TransactWriteCommand({ TransactItems: [
  { Put: { TableName, Item: { customer: 'carl', at: 1 } } },
  { ConditionCheck: { TableName, Key: { customer: 'bob', at: 99 }, ConditionExpression: 'attribute_exists(customer)' } },
] })), error => error instanceof TransactionCanceledException && error.CancellationReasons.map(reason => reason.Code).join() === 'None,ConditionalCheckFailed');
await documents.send(new TransactWriteCommand({ ClientRequestToken: 'once', TransactItems: [
  { Put: { TableName, Item: { customer: 'carl', at: 1, count: 1 } } },
  { Update: { TableName, Key: { customer: 'bob', at: 1 }, UpdateExpression: 'ADD visits :one', ExpressionAttributeValues: { ':one': 1 } } },
  { Delete: { TableName, Key: { customer: 'bob', at: 2 } } },
] }));
const together = await documents.send(new TransactGetCommand({ TransactItems: [{ Get: { TableName, Key: { customer: 'bob', at: 1 } } }, { Get: { TableName, Key: { customer: 'bob', at: 2 } } }] }));
assert.deepEqual(together.Responses, [{ Item: { customer: 'bob', at: 1, state: 'odd', visits: 1 } }, {}]);

await documents.send(new ExecuteStatementCommand({ Statement: `INSERT INTO "${TableName}" VALUE {'customer': ?, 'at': ?, 'list': [1, 'two', {'three': true}]}`, Parameters: ['dora', 5] }));
await documents.send(new ExecuteStatementCommand({ Statement: `UPDATE "${TableName}" SET state = 'kept' SET list[0] = 7 REMOVE list[1] WHERE customer = 'dora' AND "at" = 5` }));
const dora = await documents.send(new ExecuteStatementCommand({ Statement: `SELECT state, list FROM "${TableName}" WHERE customer = ? AND "at" BETWEEN 1 AND 9`, Parameters: ['dora'] }));
assert.deepEqual(dora.Items, [{ state: 'kept', list: [7, { three: true }] }]);
await documents.send(new ExecuteStatementCommand({ Statement: `DELETE FROM "${TableName}" WHERE customer = 'dora' AND "at" = 5` }));
await documents.send(new DeleteCommand({ TableName, Key: { customer: 'carl', at: 1 } }));

const { Streams: [{ StreamArn }] } = await streams.send(new ListStreamsCommand({ TableName }));
const { StreamDescription: { Shards: [{ ShardId }] } } = await streams.send(new DescribeStreamCommand({ StreamArn }));
const { ShardIterator } = await streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }));
const { Records, NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator }));
assert.deepEqual(Records.slice(0, 2).concat(Records.slice(-1)).map(record => record.eventName), ['INSERT', 'MODIFY', 'REMOVE']);
assert.equal(Records[1].dynamodb.OldImage.state.S + Records[1].dynamodb.NewImage.state.S, 'newsent');
assert.deepEqual(new Set(Records.map(record => record.dynamodb.SequenceNumber)).size, Records.length);
assert.deepEqual((await streams.send(new GetRecordsCommand({ ShardIterator: NextShardIterator }))).Records, []);

await client.send(new UpdateTableCommand({ TableName, StreamSpecification: { StreamEnabled: false } }));
assert.equal((await client.send(new DescribeTableCommand({ TableName }))).Table.LatestStreamArn, StreamArn);
await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
await assert.rejects(client.send(new DeleteTableCommand({ TableName })), /protected against deletion/);
await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
await client.send(new DeleteTableCommand({ TableName }));
await waitUntilTableNotExists({ client, maxWaitTime: 10, minDelay: 0.1 }, { TableName });
await assert.rejects(documents.send(new GetCommand({ TableName, Key: { customer: 'ann', at: 1 } })), ResourceNotFoundException);
console.log('done');
