// node s3.mjs ENDPOINT: S3 as the AWS SDK for JavaScript v3 uses it, with lib-storage and presigned addresses.
import { deepStrictEqual as equal, ok, rejects } from 'node:assert';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import * as s3 from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

const [endpoint] = process.argv.slice(2);
const MB = 1024 * 1024;
const region = 'eu-central-1';
const client = new s3.S3Client({
  endpoint, region, forcePathStyle: true, credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }, maxAttempts: 1,
});
const Bucket = 'from-javascript';
const call = (operation, input) => client.send(new s3[`${operation}Command`]({ Bucket, ...input }));
const collect = async (pages, items) => {
  const all = [];
  for await (const page of pages) all.push(...(page[items] ?? []));
  return all;
};
const bytesOf = async (input) => Buffer.from(await (await call('GetObject', input)).Body.transformToByteArray());

await call('CreateBucket', { CreateBucketConfiguration: { LocationConstraint: region } });
await s3.waitUntilBucketExists({ client, maxWaitTime: 30 }, { Bucket });
equal((await client.send(new s3.ListBucketsCommand({ Prefix: 'from-java' }))).Buckets.map((bucket) => bucket.Name), [Bucket]);
await rejects(call('CreateBucket', {}), s3.BucketAlreadyOwnedByYou);
await rejects(call('GetObject', { Key: 'never' }), s3.NoSuchKey);
await rejects(call('HeadObject', { Key: 'never' }), s3.NotFound);
await rejects(call('ListObjectsV2', { Bucket: 'never-there' }), s3.NoSuchBucket);

// Streams of unknown checksum are sent in chunks, their checksum behind them.
const content = randomBytes(300_000);
for (const ChecksumAlgorithm of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256']) {
  const put = await call('PutObject', { Key: 'streamed', Body: Readable.from([content.subarray(0, 1000), content.subarray(1000)]), ContentLength: content.length, ChecksumAlgorithm });
  equal(put.ChecksumType, 'FULL_OBJECT');
  const got = await call('GetObject', { Key: 'streamed', ChecksumMode: 'ENABLED' });
  equal(Buffer.from(await got.Body.transformToByteArray()), content);
  equal(got[`Checksum${ChecksumAlgorithm}`], put[`Checksum${ChecksumAlgorithm}`]);
}
await rejects(call('PutObject', { Key: 'streamed', Body: 'x', IfNoneMatch: '*' }), { name: 'PreconditionFailed' });

// The SDK's own default, and each kind of checksum over parts.
const large = randomBytes(12 * MB + 5);
for (const [Key, params, type] of [
  ['usual', {}, 'COMPOSITE'], ['whole', { ChecksumAlgorithm: 'CRC32C', ChecksumType: 'FULL_OBJECT' }, 'FULL_OBJECT'],
  ['nvme', { ChecksumAlgorithm: 'CRC64NVME' }, 'FULL_OBJECT'], ['sha', { ChecksumAlgorithm: 'SHA256' }, 'COMPOSITE'],
]) {
  const seen = [];
  const upload = new Upload({ client, params: { Bucket, Key, Body: Readable.from([large]), ContentType: 'a/b', ...params }, partSize: 5 * MB, queueSize: 2 });
  upload.on('httpUploadProgress', (progress) => seen.push(progress.part));
  const done = await upload.done();
  ok(done.ETag.endsWith('-3"') && seen.length === 3, `${Key}: ${done.ETag}`);
  equal(done.ChecksumType, type, Key);
  ok((await bytesOf({ Key, ChecksumMode: 'ENABLED' })).equals(large), Key);
  const attributes = await call('GetObjectAttributes', { Key, ObjectAttributes: ['ObjectParts', 'ObjectSize', 'Checksum'] });
  equal([attributes.ObjectParts.TotalPartsCount, attributes.ObjectSize, attributes.Checksum.ChecksumType], [3, large.length, type]);
  equal((await call('GetObject', { Key, PartNumber: 3 })).ContentLength, large.length - 10 * MB);
}
const stopped = new Upload({ client, params: { Bucket, Key: 'stopped', Body: Readable.from([large]) }, partSize: 5 * MB });
const stopping = stopped.done();
await stopped.abort();
await rejects(stopping, { name: 'AbortError' });
for (const { Key, UploadId } of (await call('ListMultipartUploads', {})).Uploads ?? []) await call('AbortMultipartUpload', { Key, UploadId });
equal((await call('ListMultipartUploads', {})).Uploads, undefined);

// Addresses that carry their own signature, and headers with it.
const fetchFrom = async (command, options, init) => fetch(await getSignedUrl(client, command, options), init);
const put = await fetchFrom(new s3.PutObjectCommand({ Bucket, Key: 'presigned', Metadata: { by: 'address' } }), { expiresIn: 60, unhoistableHeaders: new Set() }, { method: 'PUT', body: '' });
equal(put.status, 200, await put.text());
equal((await call('HeadObject', { Key: 'presigned' })).Metadata, { by: 'address' });
const got = await fetchFrom(new s3.GetObjectCommand({ Bucket, Key: 'sha', ResponseContentType: 'c/d', Range: 'bytes=0-9' }), {}, { headers: { Range: 'bytes=0-9' } });
equal([got.status, got.headers.get('content-type'), Buffer.from(await got.arrayBuffer())], [206, 'c/d', large.subarray(0, 10)]);

await call('PutBucketVersioning', { VersioningConfiguration: { Status: 'Enabled' } });
const VersionId = (await call('PutObject', { Key: 'versioned', Body: 'one', Tagging: 'a=b' })).VersionId;
await call('PutObject', { Key: 'versioned', Body: 'two' });
await call('CopyObject', { Key: 'copy', CopySource: `${Bucket}/versioned?versionId=${VersionId}` });
equal(String(await bytesOf({ Key: 'copy' })), 'one');
equal((await call('GetObjectTagging', { Key: 'copy' })).TagSet, [{ Key: 'a', Value: 'b' }]);
equal((await call('DeleteObject', { Key: 'versioned' })).DeleteMarker, true);
equal((await collect(s3.paginateListObjectsV2({ client, pageSize: 2 }, { Bucket }), 'Contents')).map((entry) => entry.Key), ['copy', 'nvme', 'presigned', 'sha', 'streamed', 'usual', 'whole']);

await call('PutBucketNotificationConfiguration', { NotificationConfiguration: { EventBridgeConfiguration: {} } });
equal((await call('GetBucketNotificationConfiguration', {})).EventBridgeConfiguration, {});
await rejects(call('PutBucketNotificationConfiguration', { NotificationConfiguration: { LambdaFunctionConfigurations: [
  { LambdaFunctionArn: `arn:aws:lambda:${region}:123456789012:function:never`, Events: ['s3:ObjectCreated:*'] }] } }), { name: 'InvalidArgument' });
await rejects(call('RenameObject', { Key: 'a', RenameSource: 'b' }), { name: 'NotImplemented', message: /RenameObject/ });

const { Versions, DeleteMarkers } = await call('ListObjectVersions', {});
const Objects = [...Versions, ...DeleteMarkers].map((version) => ({ Key: version.Key, VersionId: version.VersionId }));
equal((await call('DeleteObjects', { Delete: { Objects, Quiet: true } })).Errors, undefined);
await call('DeleteBucket', {});
await s3.waitUntilBucketNotExists({ client, maxWaitTime: 30 }, { Bucket });
