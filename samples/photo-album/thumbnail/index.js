'use strict';

// The AWS SDK is what the runtime brings.
const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
const { GetObjectCommand, PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { PublishCommand, SNSClient } = require('@aws-sdk/client-sns');
const AWSXRay = require('aws-xray-sdk-core');
const { Bitmap } = require('./bitmap');

const s3 = AWSXRay.captureAWSv3Client(new S3Client({}));
const dynamo = AWSXRay.captureAWSv3Client(new DynamoDBClient({}));
const sns = AWSXRay.captureAWSv3Client(new SNSClient({}));
const { PHOTOS, TOPIC } = process.env;

const WIDTH_MAX = 128;

/** For each photo that came into the bucket: a thumbnail beside it, an item in the table, and word to whoever subscribed. */
exports.handler = async ({ Records: records }) => {
  for (const { s3: { bucket, object } } of records) {
    // S3 tells keys as forms encode them.
    await add(bucket.name, decodeURIComponent(object.key.replaceAll('+', ' ')));
  }
};

async function add(bucket, key) {
  const [, album, id] = /^photos\/([^/]+)\/(.+)\.bmp$/.exec(key);
  const { Body: body, Metadata: metadata } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const bytes = Buffer.from(await body.transformToByteArray());
  const { picture, thumbnail } = shrink(bytes, id);
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `thumbnails/${id}.bmp`, Body: thumbnail.encode(), ContentType: 'image/bmp' }));
  await dynamo.send(new PutItemCommand({
    TableName: PHOTOS,
    Item: {
      id: { S: id },
      album: { S: decodeURIComponent(album) },
      title: { S: decodeURIComponent(metadata?.title ?? '') },
      state: { S: 'new' },
      bytes: { N: String(bytes.length) },
      width: { N: String(picture.width) },
      height: { N: String(picture.height) },
    },
  }));
  await sns.send(new PublishCommand({ TopicArn: TOPIC, Message: JSON.stringify({ id, album: decodeURIComponent(album) }) }));
}

function shrink(bytes, id) {
  return AWSXRay.captureFunc('## shrink', (subsegment) => {
    subsegment?.addAnnotation('photo', id);
    subsegment?.addMetadata('bytes', bytes.length);
    const picture = Bitmap.decode(bytes);
    return { picture, thumbnail: picture.shrinkTo(WIDTH_MAX) };
  });
}
