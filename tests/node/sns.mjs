// node sns.mjs ENDPOINT: web servers as subscribers: they confirm, verify what they get, fail, and are tried again; with the SDK for JavaScript.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import {
  ConfirmSubscriptionCommand, CreateTopicCommand, GetSubscriptionAttributesCommand, InvalidParameterException, ListSubscriptionsByTopicCommand, PublishBatchCommand, PublishCommand,
  SetSubscriptionAttributesCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand, UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const [endpoint] = process.argv.slice(2);
const settings = { endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }, maxAttempts: 1 };
const sns = new SNSClient(settings);
const sqs = new SQSClient(settings);

const posts = [];
let arrived = () => {};
let answers = [];
const server = http.createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  posts.push({ headers: request.headers, url: request.url, body });
  response.writeHead(answers.shift() ?? 200).end();
  arrived();
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const next = async () => {
  while (posts.length === 0) await new Promise(resolve => { arrived = resolve; });
  return posts.shift();
};

const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'web' }));
const Endpoint = `http://127.0.0.1:${server.address().port}/hook`;
const pending = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint, Attributes: { DeliveryPolicy: JSON.stringify({
  healthyRetryPolicy: { numRetries: 3, minDelayTarget: 1, maxDelayTarget: 1, numNoDelayRetries: 2 },
}) } }));
assert.equal(pending.SubscriptionArn, 'pending confirmation');
const asked = await next();
assert.equal(asked.headers['x-amz-sns-message-type'], 'SubscriptionConfirmation');
assert.equal(asked.headers['content-type'], 'text/plain; charset=UTF-8');
const confirmation = JSON.parse(asked.body);
assert.equal(confirmation.Type, 'SubscriptionConfirmation');
const verified = async message => {
  const fields = message.Type === 'Notification' ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const text = fields.filter(name => message[name] !== undefined).map(name => `${name}\n${message[name]}\n`).join('');
  const certificate = await (await fetch(message.SigningCertURL)).text();
  return crypto.createVerify(message.SignatureVersion === '2' ? 'RSA-SHA256' : 'RSA-SHA1').update(text).verify(certificate, message.Signature, 'base64');
};
assert.ok(await verified(confirmation));
await sns.send(new PublishCommand({ TopicArn, Message: 'before anybody has agreed' }));
const confirmed = await (await fetch(confirmation.SubscribeURL)).text();
const [, SubscriptionArn] = confirmed.match(/<SubscriptionArn>(.*)<\/SubscriptionArn>/);
await assert.rejects(sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: confirmation.Token })), InvalidParameterException);
assert.equal((await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes.PendingConfirmation, 'false');

// Refused at first, tried again at once.
answers = [500, 429, 200];
const sent = await sns.send(new PublishCommand({
  TopicArn, Subject: 'Largest', Message: 'größer & <so>', MessageAttributes: { kind: { DataType: 'String', StringValue: 'a' }, raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1]) } },
}));
const tries = [await next(), await next(), await next()];
assert.equal(new Set(tries.map(post => post.body)).size, 1);
const notification = JSON.parse(tries[2].body);
assert.deepEqual(
  [notification.Type, notification.MessageId, notification.TopicArn, notification.Subject, notification.Message], ['Notification', sent.MessageId, TopicArn, 'Largest', 'größer & <so>']);
assert.deepEqual(notification.MessageAttributes, { kind: { Type: 'String', Value: 'a' }, raw: { Type: 'Binary', Value: 'AQ==' } });
assert.equal(tries[2].headers['x-amz-sns-subscription-arn'], SubscriptionArn);
assert.ok(await verified(notification));
await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'SignatureVersion', AttributeValue: '2' }));
await sns.send(new PublishCommand({ TopicArn, Message: 'newer' }));
const newer = JSON.parse((await next()).body);
assert.equal(newer.SignatureVersion, '2');
assert.ok(await verified(newer));
assert.ok(!await verified({ ...newer, Message: 'other' }));

// Raw, and texts of their own for some protocols.
await sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName: 'RawMessageDelivery', AttributeValue: 'true' }));
await sns.send(new PublishCommand({ TopicArn, MessageStructure: 'json', Message: JSON.stringify({ default: 'for all', http: 'for the web' }) }));
const raw = await next();
assert.deepEqual([raw.body, raw.headers['x-amz-sns-rawdelivery']], ['for the web', 'true']);

// What the endpoint will never take goes to the subscription's dead-letter queue.
const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'web-dead' }));
const { Attributes: { QueueArn } } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
await sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName: 'RedrivePolicy', AttributeValue: JSON.stringify({ deadLetterTargetArn: QueueArn }) }));
answers = [403];
await sns.send(new PublishCommand({ TopicArn, Message: 'unwanted' }));
await next();
const { Messages: [dead] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
assert.equal(dead.Body, 'unwanted');

const batch = await sns.send(new PublishBatchCommand({
  TopicArn, PublishBatchRequestEntries: [{ Id: 'good', Message: 'one' }, { Id: 'bad', Message: 'two', MessageStructure: 'xml' }, { Id: 'fine', Message: 'three' }],
}));
assert.deepEqual([batch.Successful.map(entry => entry.Id), batch.Failed.map(entry => [entry.Id, entry.Code])], [['good', 'fine'], [['bad', 'InvalidParameter']]]);
assert.deepEqual([(await next()).body, (await next()).body].sort(), ['one', 'three']);

assert.equal((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions.length, 1);
await fetch(notification.UnsubscribeURL);
assert.equal((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions.length, 0);
await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
server.close();
server.closeAllConnections();
console.log('done');
