'use strict';

const { PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const AWSXRay = require('aws-xray-sdk-core');

// Made once per execution environment. Every call of a captured client becomes a subsegment of the invocation it is made in.
const s3 = AWSXRay.captureAWSv3Client(new S3Client({}));

/** Writes a greeting to S3: `{ "name": "Ada", "key": "greetings/ada.txt" }`, both optional. */
exports.handler = async ({ name = 'world', key = 'greeting.txt' }) => {
  const bucket = process.env.BUCKET;
  const greeting = composeGreeting(name);
  const { ETag: etag } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: greeting, ContentType: 'text/plain' }));
  return { bucket, key, etag };
};

function composeGreeting(name) {
  return AWSXRay.captureFunc('## compose-greeting', (subsegment) => {
    const greeting = `Hello, ${name}!`;
    subsegment?.addAnnotation('name', name); // indexed: traces can be found by it
    subsegment?.addMetadata('greeting', greeting); // shown with the trace only
    return greeting;
  });
}
