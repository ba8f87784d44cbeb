// node logs.mjs ENDPOINT GROUP: watches a log group live while it writes into it, and reads all of it back by a paginator.
import {
  CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, paginateFilterLogEvents, PutLogEventsCommand, ResourceNotFoundException, StartLiveTailCommand,
} from '@aws-sdk/client-cloudwatch-logs';

const [endpoint, logGroupName] = process.argv.slice(2);
// "stream-127.0.0.1" is no host.
const logs = new CloudWatchLogsClient({
  endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }, maxAttempts: 1, disableHostPrefix: true,
});
const refused = await logs.send(new StartLiveTailCommand({ logGroupIdentifiers: [logGroupName] })).catch((error) => error);
await logs.send(new CreateLogGroupCommand({ logGroupName }));
await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 's' }));
const { responseStream } = await logs.send(new StartLiveTailCommand({ logGroupIdentifiers: [logGroupName], logEventFilterPattern: '{ $.n >= 3 }' }));
const live = [];
let session;
for await (const { sessionStart, sessionUpdate } of responseStream) {
  if (sessionStart) {
    session = sessionStart;
    const logEvents = [1, 2, 3, 4, 5].map((n) => ({ timestamp: Date.now(), message: JSON.stringify({ n }) }));
    await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: 's', logEvents }));
  }
  live.push(...(sessionUpdate?.sessionResults ?? []));
  if (live.length >= 3) break;
}
const all = [];
for await (const page of paginateFilterLogEvents({ client: logs, pageSize: 2 }, { logGroupName })) all.push(...page.events.map((event) => event.message));
console.log(JSON.stringify({
  refused: refused instanceof ResourceNotFoundException && refused.message, groups: session.logGroupIdentifiers,
  live: live.map((event) => event.message), all,
}));
// The live tail would go on.
process.exit(0);
