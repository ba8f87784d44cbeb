// node apis.mjs ENDPOINT FUNCTION_ARN: an HTTP API and a REST API in front of a function, made with the SDK for JavaScript and asked as a browser would.
import assert from 'node:assert/strict';
import http from 'node:http';
import {
  APIGatewayClient, CreateDeploymentCommand, CreateResourceCommand, CreateRestApiCommand, GetResourcesCommand, GetStageCommand, NotFoundException as NoRestApi, GetRestApiCommand,
  PutIntegrationCommand, PutMethodCommand, UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import {
  ApiGatewayV2Client, ConflictException, CreateApiCommand, CreateRouteCommand, DeleteApiCommand, GetApiCommand, GetRoutesCommand, GetStagesCommand, ImportApiCommand, NotFoundException,
  UpdateApiCommand,
} from '@aws-sdk/client-apigatewayv2';

const [endpoint, functionArn] = process.argv.slice(2);
const settings = { endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }, maxAttempts: 1 };

// To the address that an API has, whatever names this machine can resolve.
const ask = (host, path) => new Promise((resolve, reject) => http.get(new URL(path, endpoint), { headers: { host } }, async answer => {
  let body = '';
  for await (const chunk of answer) body += chunk;
  resolve({ status: answer.statusCode, body: JSON.parse(body) });
}).on('error', reject));

const v2 = new ApiGatewayV2Client(settings);
const { ApiId, ApiEndpoint } = await v2.send(new CreateApiCommand({ Name: 'js', ProtocolType: 'HTTP', Target: functionArn, RouteKey: 'GET /things/{id}', Tags: { team: 'shop' } }));
assert.equal((await ask(new URL(ApiEndpoint).host, '/things/7')).body.pathParameters.id, '7');
await assert.rejects(v2.send(new CreateRouteCommand({ ApiId, RouteKey: 'GET /things/{id}' })), ConflictException);
await v2.send(new UpdateApiCommand({ ApiId, CorsConfiguration: { AllowOrigins: ['*'], AllowMethods: ['GET'] } }));
const api = await v2.send(new GetApiCommand({ ApiId }));
assert.deepEqual([api.Name, api.CorsConfiguration.AllowOrigins, api.Tags, api.CreatedDate instanceof Date], ['js', ['*'], { team: 'shop' }, true]);
assert.equal((await v2.send(new GetRoutesCommand({ ApiId }))).Items[0].ApiGatewayManaged, true);
assert.equal((await v2.send(new GetStagesCommand({ ApiId }))).Items[0].AutoDeploy, true);
await v2.send(new DeleteApiCommand({ ApiId }));
await assert.rejects(v2.send(new GetApiCommand({ ApiId })), NotFoundException);
await assert.rejects(v2.send(new ImportApiCommand({ Body: '{}' })), error => error.$metadata.httpStatusCode === 501 && /ImportApi/.test(error.message));

const v1 = new APIGatewayClient(settings);
const { id: restApiId, rootResourceId } = await v1.send(new CreateRestApiCommand({ name: 'js' }));
const { id: resourceId } = await v1.send(new CreateResourceCommand({ restApiId, parentId: rootResourceId, pathPart: '{proxy+}' }));
await v1.send(new PutMethodCommand({ restApiId, resourceId, httpMethod: 'ANY', authorizationType: 'NONE' }));
await v1.send(new PutIntegrationCommand({
  restApiId, resourceId, httpMethod: 'ANY', type: 'AWS_PROXY', integrationHttpMethod: 'POST',
  uri: `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
}));
await v1.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev', variables: { colour: 'blue' } }));
const { body } = await ask(`${restApiId}.execute-api.eu-central-1.amazonaws.com`, '/dev/a/b?q=1');
assert.deepEqual([body.resource, body.path, body.pathParameters.proxy, body.stageVariables.colour, body.requestContext.stage], ['/{proxy+}', '/a/b', 'a/b', 'blue', 'dev']);
await v1.send(new UpdateStageCommand({ restApiId, stageName: 'dev', patchOperations: [
  { op: 'replace', path: '/tracingEnabled', value: 'true' }, { op: 'replace', path: '/variables/colour', value: 'red' }, { op: 'replace', path: '/*/*/logging/loglevel', value: 'INFO' },
] }));
const stage = await v1.send(new GetStageCommand({ restApiId, stageName: 'dev' }));
assert.deepEqual([stage.tracingEnabled, stage.variables, stage.createdDate instanceof Date], [true, { colour: 'red' }, true]);
assert.deepEqual((await v1.send(new GetResourcesCommand({ restApiId, embed: ['methods'] }))).items.map(item => [item.path, Object.keys(item.resourceMethods ?? {})]).sort(), [['/', []], ['/{proxy+}', ['ANY']]]);
await assert.rejects(v1.send(new GetRestApiCommand({ restApiId: 'none' })), NoRestApi);
console.log('done');
