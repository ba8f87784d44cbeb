// node events.mjs ENDPOINT: buses, rules and events with the SDK for JavaScript.
import assert from 'node:assert/strict';
import {
  CreateEventBusCommand, DescribeEventBusCommand, DescribeRuleCommand, EventBridgeClient, InvalidEventPatternException, ListRulesCommand, PutEventsCommand, PutRuleCommand, PutTargetsCommand,
  ResourceNotFoundException, TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const [endpoint] = process.argv.slice(2);
const settings = { endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }, maxAttempts: 1 };
const events = new EventBridgeClient(settings);
const sqs = new SQSClient(settings);

await events.send(new CreateEventBusCommand({ Name: 'js', Description: 'Of the test' }));
assert.equal((await events.send(new DescribeEventBusCommand({ Name: 'js' }))).Description, 'Of the test');
const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'js' }));
const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
await events.send(new PutRuleCommand({ Name: 'some', EventBusName: 'js', EventPattern: JSON.stringify({ detail: { size: [{ numeric: ['>=', 2, '<', 4] }] } }) }));
await events.send(new PutTargetsCommand({ Rule: 'some', EventBusName: 'js', Targets: [{ Id: 'queue', Arn: Attributes.QueueArn, InputPath: "$['detail'].size" }] }));
const { Entries, FailedEntryCount } = await events.send(new PutEventsCommand({
  Entries: [1, 2, 4].map(size => ({ Source: 'js', DetailType: 'sized', EventBusName: 'js', Detail: JSON.stringify({ size }), Time: new Date() })),
}));
assert.equal(FailedEntryCount, 0);
assert.equal(Entries.length, 3);
const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20, MaxNumberOfMessages: 10 }));
assert.deepEqual(Messages.map(message => message.Body), ['2']);
assert.deepEqual((await events.send(new ListRulesCommand({ EventBusName: 'js' }))).Rules.map(rule => rule.Name), ['some']);
await assert.rejects(events.send(new DescribeRuleCommand({ Name: 'none' })), ResourceNotFoundException);
await assert.rejects(events.send(new TestEventPatternCommand({ EventPattern: '{}', Event: '{}' })), InvalidEventPatternException);
console.log('done');
