// node signing.mjs ENDPOINT: each client's own way of signing, against a server that verifies; the keys are in the environment.
import assert from 'node:assert/strict';
import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient, GetFunctionCommand, ListFunctionsCommand, ListTagsCommand } from '@aws-sdk/client-lambda';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetSamplingRulesCommand, XRayClient } from '@aws-sdk/client-xray';

const [endpoint] = process.argv.slice(2);
const config = { endpoint, region: 'eu-central-1', maxAttempts: 1 };

const lambda = new LambdaClient(config);
assert.ok((await lambda.send(new ListFunctionsCommand({ MaxItems: 5, FunctionVersion: 'ALL' }))).Functions);
await assert.rejects(lambda.send(new GetFunctionCommand({ FunctionName: 'arn:aws:lambda:eu-central-1:123456789012:function:none', Qualifier: '$LATEST' })), { name: 'ResourceNotFoundException' });
await assert.rejects(lambda.send(new ListTagsCommand({ Resource: 'arn:aws:lambda:eu-central-1:123456789012:function:none' })), { name: 'ResourceNotFoundException' });
await new CloudWatchLogsClient(config).send(new CreateLogGroupCommand({ logGroupName: '/signed/by-node' }));
assert.ok((await new CloudWatchClient(config).send(new ListMetricsCommand({}))).Metrics);
assert.ok((await new XRayClient(config).send(new GetSamplingRulesCommand({}))).SamplingRuleRecords);
const sqs = new SQSClient(config);
const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'signed' }));
assert.ok((await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'ü' }))).MessageId);

const wrong = new LambdaClient({ ...config, credentials: { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: 'wrong' } });
await assert.rejects(wrong.send(new ListFunctionsCommand({})), { name: 'InvalidSignatureException' });
console.log('ok');
