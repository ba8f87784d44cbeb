import { randomUUID } from 'node:crypto';
import { DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

// Without any X-Ray SDK: Lambray sees the calls all the same.
const s3 = new S3Client({});
const dynamo = new DynamoDBClient({});
const { BUCKET, PHOTOS, COUNTS } = process.env;

const routes = {
  'POST /photos': upload,
  'GET /photos/{id}': getPhoto,
  'GET /albums/{album}': getAlbum,
};

/** Behind an HTTP API, payload format 2.0. */
export const handler = (event) => routes[event.routeKey](event);

/** Keeps the picture; everything else follows from its being there. */
async function upload({ queryStringParameters: { album = 'unsorted', title = '' } = {}, body = '', isBase64Encoded }) {
  const id = randomUUID();
  await s3.send(new PutObjectCommand({
    Bucket: BUCKET,
    Key: `photos/${encodeURIComponent(album)}/${id}.bmp`,
    Body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
    ContentType: 'image/bmp',
    Metadata: { title: encodeURIComponent(title) },
  }));
  return answer(202, { id });
}

async function getPhoto({ pathParameters: { id } }) {
  const { Item: photo } = await dynamo.send(new GetItemCommand({ TableName: PHOTOS, Key: { id: { S: id } } }));
  return photo ? answer(200, plain(photo)) : answer(404, { message: `There is no photo ${id}.` });
}

async function getAlbum({ pathParameters: { album } }) {
  const [{ Items: photos }, { Item: count }] = await Promise.all([
    dynamo.send(new QueryCommand({
      TableName: PHOTOS,
      IndexName: 'album',
      KeyConditionExpression: 'album = :album',
      ExpressionAttributeValues: { ':album': { S: album } },
    })),
    dynamo.send(new GetItemCommand({ TableName: COUNTS, Key: { album: { S: album } } })),
  ]);
  return answer(200, { album, count: Number(count?.photos.N ?? 0), photos: photos.map(plain) });
}

// Strings and numbers are all that the tables hold.
const plain = (item) => Object.fromEntries(Object.entries(item).map(([name, value]) => [name, value.S ?? Number(value.N)]));

const answer = (statusCode, body) => ({ statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
