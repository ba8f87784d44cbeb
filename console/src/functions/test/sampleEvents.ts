interface SampleEvent {
  name: string;
  event: string;
}

function sample(name: string, event: unknown): SampleEvent {
  return { name, event: JSON.stringify(event, null, 2) };
}

/** Events as services send them ("Integrating other services" in the Lambda Developer Guide), as small as a function can make something of. */
export const sampleEvents: readonly SampleEvent[] = [
  sample('Hello', { name: 'Ada' }),
  sample('Function URL', {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/hello',
    rawQueryString: 'name=Ada',
    headers: { accept: 'application/json' },
    queryStringParameters: { name: 'Ada' },
    requestContext: { http: { method: 'GET', path: '/hello', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'curl' }, stage: '$default' },
    isBase64Encoded: false,
  }),
  sample('S3 object created', {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        eventTime: '2026-01-01T00:00:00.000Z',
        awsRegion: 'us-east-1',
        s3: { s3SchemaVersion: '1.0', bucket: { name: 'uploads', arn: 'arn:aws:s3:::uploads' }, object: { key: 'pictures/cat.jpg', size: 1024 } },
      },
    ],
  }),
  sample('SQS messages', {
    Records: [
      {
        messageId: '059f36b4-87a3-44ab-83d2-661975830a7d',
        receiptHandle: 'handle',
        body: '{"order": 42}',
        attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1767225600000' },
        messageAttributes: {},
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:orders',
        awsRegion: 'us-east-1',
      },
    ],
  }),
  sample('SNS notification', {
    Records: [
      {
        EventVersion: '1.0',
        EventSource: 'aws:sns',
        EventSubscriptionArn: 'arn:aws:sns:us-east-1:000000000000:news:1',
        Sns: { Type: 'Notification', MessageId: '95df01b4-ee98-5cb9-9903-4c221d41eb5e', TopicArn: 'arn:aws:sns:us-east-1:000000000000:news', Subject: 'News', Message: 'Hello' },
      },
    ],
  }),
];
