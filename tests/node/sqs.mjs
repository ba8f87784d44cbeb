// node sqs.mjs ENDPOINT: dead letters, moving them back, and long polling, with the SDK for JavaScript.
import assert from 'node:assert/strict';
import {
  AddPermissionCommand, CancelMessageMoveTaskCommand, ChangeMessageVisibilityBatchCommand, CreateQueueCommand, DeleteMessageBatchCommand, DeleteMessageCommand, GetQueueAttributesCommand,
  ListDeadLetterSourceQueuesCommand, ListMessageMoveTasksCommand, ListQueueTagsCommand, QueueDoesNotExist, ReceiveMessageCommand, SendMessageBatchCommand, SendMessageCommand,
  SetQueueAttributesCommand, SQSClient, StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';

const [endpoint] = process.argv.slice(2);
const sqs = new SQSClient({ endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }, maxAttempts: 1 });
const create = async (QueueName, Attributes, tags) => {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes, tags }));
  const { Attributes: { QueueArn } } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  return { QueueUrl, QueueArn };
};
const receive = async (QueueUrl, more) =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'], ...more }))).Messages ?? [];
const counts = async QueueUrl => (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes.ApproximateNumberOfMessages;

const dead = await create('node-dead', undefined, { of: 'node' });
const work = await create('node-work', { VisibilityTimeout: '60' });
await sqs.send(new SetQueueAttributesCommand({
  QueueUrl: work.QueueUrl, Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.QueueArn, maxReceiveCount: '2' }) },
}));
assert.deepEqual((await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead.QueueUrl }))).queueUrls, [work.QueueUrl]);
assert.deepEqual((await sqs.send(new ListQueueTagsCommand({ QueueUrl: dead.QueueUrl }))).Tags, { of: 'node' });

const sent = await sqs.send(new SendMessageCommand({
  QueueUrl: work.QueueUrl, MessageBody: 'doomed', MessageAttributes: { raw: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) } },
}));
for (const count of ['1', '2']) {
  const [message] = await receive(work.QueueUrl, { VisibilityTimeout: 0 });
  assert.equal(message.Attributes.ApproximateReceiveCount, count);
  assert.deepEqual(message.MessageAttributes.raw.BinaryValue, new Uint8Array([0, 255]));
}
assert.deepEqual(await receive(work.QueueUrl), []);
const [buried] = await receive(dead.QueueUrl, { WaitTimeSeconds: 20, VisibilityTimeout: 0 });
assert.equal(buried.MessageId, sent.MessageId);
assert.equal(buried.Attributes.DeadLetterQueueSourceArn, work.QueueArn);
assert.equal(buried.Attributes.ApproximateReceiveCount, '1');

const { TaskHandle } = await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: dead.QueueArn }));
assert.ok(TaskHandle);
const [back] = await receive(work.QueueUrl, { WaitTimeSeconds: 20 });
assert.equal(back.MessageId, sent.MessageId);
assert.equal(back.Attributes.DeadLetterQueueSourceArn, undefined);
let task;
do [task] = (await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: dead.QueueArn, MaxResults: 10 }))).Results; while (task.Status === 'RUNNING');
assert.equal(task.Status, 'COMPLETED');
assert.equal(Number(task.ApproximateNumberOfMessagesMoved), 1);
assert.equal(task.TaskHandle, undefined);
await assert.rejects(sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle })), { name: 'UnsupportedOperation' });
await assert.rejects(sqs.send(new StartMessageMoveTaskCommand({ SourceArn: work.QueueArn })), /must be configured as a Dead Letter Queue/);

// A slow task is there to be cancelled.
await sqs.send(new SendMessageBatchCommand({ QueueUrl: dead.QueueUrl, Entries: ['a', 'b', 'c'].map(Id => ({ Id, MessageBody: Id })) }));
const elsewhere = await create('node-elsewhere');
const slow = await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: dead.QueueArn, DestinationArn: elsewhere.QueueArn, MaxNumberOfMessagesPerSecond: 1 }));
await assert.rejects(sqs.send(new StartMessageMoveTaskCommand({ SourceArn: dead.QueueArn })), { name: 'UnsupportedOperation' });
const [moved] = await receive(elsewhere.QueueUrl, { WaitTimeSeconds: 20 });
assert.equal(moved.Body, 'a');
await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle: slow.TaskHandle }));
assert.match((await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: dead.QueueArn }))).Results[0].Status, /^CANCELL/);

// Who waits is woken by what is sent, and one message wakes one of two.
const waiting = [receive(elsewhere.QueueUrl, { WaitTimeSeconds: 20, MaxNumberOfMessages: 1 }), receive(elsewhere.QueueUrl, { WaitTimeSeconds: 20, MaxNumberOfMessages: 1 })];
await sqs.send(new SendMessageCommand({ QueueUrl: elsewhere.QueueUrl, MessageBody: 'first' }));
await sqs.send(new SendMessageCommand({ QueueUrl: elsewhere.QueueUrl, MessageBody: 'second' }));
const woken = (await Promise.all(waiting)).flat();
assert.equal(woken.length, 2);
const Entries = woken.map((message, index) => ({ Id: `${index}`, ReceiptHandle: message.ReceiptHandle }));
assert.equal((await sqs.send(new ChangeMessageVisibilityBatchCommand({
  QueueUrl: elsewhere.QueueUrl, Entries: Entries.map(entry => ({ ...entry, VisibilityTimeout: 100 })),
}))).Successful.length, 2);
const outcome = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: elsewhere.QueueUrl, Entries: [...Entries, { Id: 'bad', ReceiptHandle: 'bad' }] }));
assert.deepEqual([outcome.Successful.length, outcome.Failed[0].Code], [2, 'ReceiptHandleIsInvalid']);
await sqs.send(new DeleteMessageCommand({ QueueUrl: elsewhere.QueueUrl, ReceiptHandle: moved.ReceiptHandle }));
assert.equal(await counts(elsewhere.QueueUrl), '0');
await assert.rejects(sqs.send(new SendMessageCommand({ QueueUrl: `${dead.QueueUrl}er`, MessageBody: 'x' })), error => error instanceof QueueDoesNotExist && error.name === 'QueueDoesNotExist');
await assert.rejects(sqs.send(new AddPermissionCommand({ QueueUrl: dead.QueueUrl, Label: 'x', AWSAccountIds: ['no'], Actions: ['SendMessage'] })), /Unable to verify/);
console.log('done');
