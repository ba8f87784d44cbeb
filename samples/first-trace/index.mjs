import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const s3 = new S3Client({ forcePathStyle: true });

/** Composes a greeting and puts it into a bucket: `{ "name": "Ada" }`. No X-Ray SDK is needed for the call to be seen. */
export const handler = async ({ name = 'world' }) => {
  const greeting = `Hello, ${name}!`;
  console.log('Composed', greeting);
  await s3.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: 'greeting.txt', Body: greeting }));
  return { greeting };
};
