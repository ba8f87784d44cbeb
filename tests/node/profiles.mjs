// node profiles.mjs ENDPOINT CONFIG: a profile that takes a role by way of another that takes one, as the shared configuration file chains them.
import assert from 'node:assert/strict';
import { CreateFunctionCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';

const [endpoint, config] = process.argv.slice(2);
delete process.env.AWS_ACCESS_KEY_ID;
delete process.env.AWS_SECRET_ACCESS_KEY;
Object.assign(process.env, { AWS_CONFIG_FILE: config, AWS_PROFILE: 'chained', AWS_ENDPOINT_URL: endpoint });

const lambda = new LambdaClient({ maxAttempts: 1 });
assert.ok((await lambda.send(new ListFunctionsCommand({}))).Functions);
const creation = new CreateFunctionCommand({ FunctionName: 'f', Role: 'arn:aws:iam::123456789012:role/second', Code: { ZipFile: Buffer.from('') } });
await assert.rejects(lambda.send(creation), error => error.name === 'AccessDeniedException' && error.message.includes('assumed-role/second/from-profile'));
console.log('ok');
