// Usage: node xray-sampling.mjs DAEMON-ADDRESS RULE…: the X-Ray SDK for Node.js with its central sampling. Once it has rules of these names, it
// serves a hundred requests to each of two services, reports what it sampled as it does every ten seconds, and prints what it was told for it.
process.env.AWS_XRAY_DAEMON_ADDRESS = process.argv[2];
const { default: AWSXRay } = await import('aws-xray-sdk-core');
const { default: connector } = await import('aws-xray-sdk-core/dist/lib/middleware/sampling/service_connector.js');
const wanted = process.argv.slice(3);
const requests = 100;

AWSXRay.enableManualMode();
const { sampler } = AWSXRay.middleware;
sampler.start();
const deadline = Date.now() + 20_000;
const known = () => sampler.ruleCache.getRules().map(rule => rule.getName());
while (!wanted.every(name => known().includes(name))) {
  if (Date.now() > deadline) throw new Error(`The SDK knows ${known()}, not ${wanted}.`);
  await new Promise(resolve => setTimeout(resolve, 20));
}

for (const service of ['muted', 'loud']) {
  for (let i = 0; i < requests; i++) {
    const segment = new AWSXRay.Segment(service);
    AWSXRay.middleware.resolveSampling({}, segment, { req: { headers: { host: 'shop.example' }, method: 'GET', url: '/' } });
    segment.close();
  }
}

const used = sampler.ruleCache.getRules().filter(rule => rule.everMatched());
const targets = await new Promise((resolve, reject) => connector.fetchTargets(used, (error, found) => error ? reject(error) : resolve(found)));
for (const target of Object.values(targets)) delete target.TTL;
console.log(JSON.stringify(targets));
