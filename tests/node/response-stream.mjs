// node response-stream.mjs ENDPOINT FUNCTION PAYLOAD: reads a streamed response with the AWS SDK. When the first chunk is
// there it opens the gate that the function waits at, so a response that only comes as a whole never ends.
import { InvokeWithResponseStreamCommand, LambdaClient } from '@aws-sdk/client-lambda';

const [endpoint, FunctionName, Payload] = process.argv.slice(2);
const lambda = new LambdaClient({
  endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }, maxAttempts: 1,
});
const { EventStream, StatusCode, ExecutedVersion } = await lambda.send(new InvokeWithResponseStreamCommand({ FunctionName, Payload, LogType: 'Tail' }));
let text = '';
let complete;
for await (const { PayloadChunk, InvokeComplete } of EventStream) {
  if (PayloadChunk && text === '') await fetch(new URL('/gate/open', endpoint), { method: 'PUT', body: 'x' });
  if (PayloadChunk) text += new TextDecoder().decode(PayloadChunk.Payload);
  if (InvokeComplete) complete = InvokeComplete;
}
console.log(JSON.stringify({ StatusCode, ExecutedVersion, text, complete }));
