// node control-plane.mjs ENDPOINT ZIP: the control plane as the AWS SDK for JavaScript v3 uses it, from a new function to none.
import { deepStrictEqual as equal, rejects } from 'node:assert';
import { readFile } from 'node:fs/promises';
import * as lambda from '@aws-sdk/client-lambda';

const [endpoint, zip] = process.argv.slice(2);
const client = new lambda.LambdaClient({
  endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }, maxAttempts: 1,
});
const FunctionName = 'from-javascript';
const call = (operation, input) => client.send(new lambda[`${operation}Command`](input));
const collect = async (pages, items) => {
  const all = [];
  for await (const page of pages) all.push(...page[items]);
  return all;
};
const waiting = { client, maxWaitTime: 30, minDelay: 1 };

const created = await call('CreateFunction', {
  FunctionName, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::123456789012:role/r', Code: { ZipFile: await readFile(zip) },
  Environment: { Variables: { STAGE: 'one' } }, LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'WARN' }, Tags: { team: 'a' },
  DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-central-1:123456789012:letters' }, SnapStart: { ApplyOn: 'None' },
});
equal(created.LoggingConfig, { LogFormat: 'JSON', ApplicationLogLevel: 'WARN', SystemLogLevel: 'INFO', LogGroup: `/aws/lambda/${FunctionName}` });
equal(created.DeadLetterConfig, { TargetArn: 'arn:aws:sqs:eu-central-1:123456789012:letters' });
await lambda.waitUntilFunctionExists(waiting, { FunctionName });
await lambda.waitUntilFunctionActiveV2(waiting, { FunctionName });
equal((await call('PublishVersion', { FunctionName, Description: 'first' })).Version, '1');
await lambda.waitUntilPublishedVersionActive(waiting, { FunctionName, Qualifier: '1' });

await call('UpdateFunctionConfiguration', { FunctionName, Environment: { Variables: { STAGE: 'two' } } });
await lambda.waitUntilFunctionUpdatedV2(waiting, { FunctionName });
equal((await call('PublishVersion', { FunctionName })).Version, '2');
equal((await collect(lambda.paginateListVersionsByFunction({ client, pageSize: 1 }, { FunctionName }), 'Versions')).map((version) => version.Version), ['$LATEST', '1', '2']);

const stageOf = async (Qualifier) => {
  const { Payload, ExecutedVersion } = await call('Invoke', { FunctionName, Qualifier, Payload: '{}' });
  return [JSON.parse(new TextDecoder().decode(Payload)), ExecutedVersion];
};
await call('CreateAlias', { FunctionName, Name: 'live', FunctionVersion: '1' });
equal(await stageOf('live'), ['one', '1']);
const { RevisionId } = await call('UpdateAlias', { FunctionName, Name: 'live', RoutingConfig: { AdditionalVersionWeights: { 2: 1 } } });
equal(await stageOf('live'), ['two', '2']);
await rejects(call('UpdateAlias', { FunctionName, Name: 'live', Description: 'x', RevisionId: 'another' }), lambda.PreconditionFailedException);
await call('UpdateAlias', { FunctionName, Name: 'live', FunctionVersion: '2', RoutingConfig: { AdditionalVersionWeights: {} }, RevisionId });
await call('CreateAlias', { FunctionName, Name: 'next', FunctionVersion: '$LATEST' });
equal((await collect(lambda.paginateListAliases({ client, pageSize: 1 }, { FunctionName }), 'Aliases')).map((alias) => alias.Name), ['live', 'next']);
await rejects(call('DeleteFunction', { FunctionName, Qualifier: '2' }), { name: 'ResourceConflictException', message: /following aliases reference it: \[live\]$/ });

const added = await call('AddPermission', {
  FunctionName, Qualifier: 'live', StatementId: 'url', Action: 'lambda:InvokeFunction', Principal: '*', InvokedViaFunctionUrl: true,
});
equal(JSON.parse(added.Statement).Condition, { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } });
equal(JSON.parse((await call('GetPolicy', { FunctionName, Qualifier: 'live' })).Policy).Statement.length, 1);
await call('RemovePermission', { FunctionName, Qualifier: 'live', StatementId: 'url' });
await rejects(call('GetPolicy', { FunctionName, Qualifier: 'live' }), lambda.ResourceNotFoundException);

const Cors = { AllowOrigins: ['https://example.com'], AllowMethods: ['GET'], MaxAge: 60 };
const url = await call('CreateFunctionUrlConfig', { FunctionName, Qualifier: 'live', AuthType: 'NONE', InvokeMode: 'RESPONSE_STREAM', Cors });
equal([url.InvokeMode, url.Cors], ['RESPONSE_STREAM', Cors]);
equal(new URL(url.FunctionUrl).hostname.split('.').slice(1), ['lambda-url', 'eu-central-1', 'localhost']);
equal((await collect(lambda.paginateListFunctionUrlConfigs({ client }, { FunctionName }), 'FunctionUrlConfigs')).length, 1);
await call('DeleteFunctionUrlConfig', { FunctionName, Qualifier: 'live' });

await call('PutFunctionEventInvokeConfig', { FunctionName, MaximumRetryAttempts: 1 });
equal((await call('UpdateFunctionEventInvokeConfig', { FunctionName, MaximumEventAgeInSeconds: 60 })).MaximumRetryAttempts, 1);
const [eventConfig] = await collect(lambda.paginateListFunctionEventInvokeConfigs({ client }, { FunctionName }), 'FunctionEventInvokeConfigs');
equal([eventConfig.MaximumEventAgeInSeconds, eventConfig.LastModified instanceof Date], [60, true]);

equal((await call('PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: 5 })).ReservedConcurrentExecutions, 5);
equal((await call('GetFunction', { FunctionName })).Concurrency, { ReservedConcurrentExecutions: 5 });
equal((await call('GetAccountSettings', {})).AccountLimit.UnreservedConcurrentExecutions, 995);
await rejects(call('PutProvisionedConcurrencyConfig', { FunctionName, Qualifier: 'live', ProvisionedConcurrentExecutions: 6 }), lambda.InvalidParameterValueException);
equal((await collect(lambda.paginateListProvisionedConcurrencyConfigs({ client }, { FunctionName }), 'ProvisionedConcurrencyConfigs')).length, 0);
await call('DeleteFunctionConcurrency', { FunctionName });

equal((await call('PutRuntimeManagementConfig', { FunctionName, UpdateRuntimeOn: 'FunctionUpdate' })).FunctionArn, `${created.FunctionArn}:$LATEST`);
equal((await call('GetRuntimeManagementConfig', { FunctionName })).UpdateRuntimeOn, 'FunctionUpdate');
equal((await call('PutFunctionRecursionConfig', { FunctionName, RecursiveLoop: 'Allow' })).RecursiveLoop, 'Allow');
equal((await call('GetFunctionRecursionConfig', { FunctionName })).RecursiveLoop, 'Allow');

await call('TagResource', { Resource: created.FunctionArn, Tags: { stage: 'b' } });
await call('UntagResource', { Resource: created.FunctionArn, TagKeys: ['team'] });
equal((await call('ListTags', { Resource: created.FunctionArn })).Tags, { stage: 'b' });

const { CodeSigningConfig: signing } = await call('CreateCodeSigningConfig', {
  AllowedPublishers: { SigningProfileVersionArns: ['arn:aws:signer:eu-central-1:123456789012:/signing-profiles/p'] },
  CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' },
});
const { CodeSigningConfigArn } = signing;
await call('PutFunctionCodeSigningConfig', { FunctionName, CodeSigningConfigArn });
await rejects(call('UpdateFunctionCode', { FunctionName, ZipFile: await readFile(zip) }), lambda.CodeVerificationFailedException);
await rejects(call('DeleteCodeSigningConfig', { CodeSigningConfigArn }), lambda.ResourceConflictException);
equal(await collect(lambda.paginateListFunctionsByCodeSigningConfig({ client }, { CodeSigningConfigArn }), 'FunctionArns'), [created.FunctionArn]);
await call('DeleteFunctionCodeSigningConfig', { FunctionName });
await call('DeleteCodeSigningConfig', { CodeSigningConfigArn });

const layer = await call('PublishLayerVersion', { LayerName: 'from-javascript', Content: { ZipFile: await readFile(zip) } });
const version = { LayerName: 'from-javascript', VersionNumber: layer.Version };
await call('AddLayerVersionPermission', { ...version, StatementId: 's', Action: 'lambda:GetLayerVersion', Principal: '123456789012', OrganizationId: 'o-1234567890' });
equal(JSON.parse((await call('GetLayerVersionPolicy', version)).Policy).Statement[0].Condition, { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } });
await call('RemoveLayerVersionPermission', { ...version, StatementId: 's' });
equal((await collect(lambda.paginateListLayers({ client }, {}), 'Layers')).map((one) => one.LayerName), ['from-javascript']);

await call('DeleteAlias', { FunctionName, Name: 'live' });
await call('DeleteFunction', { FunctionName, Qualifier: '2' });
await call('DeleteFunction', { FunctionName });
await rejects(call('Invoke', { FunctionName, Qualifier: '1' }), lambda.ResourceNotFoundException);
