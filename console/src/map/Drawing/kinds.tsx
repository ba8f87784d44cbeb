import type { ReactNode } from 'react';

/** What a node is, by its type in traces: how people call it, and its sign. */
export interface Kind {
  name: string;
  icon: ReactNode;
}

// All in a field of 24 by 24, drawn with one line.
const icons = {
  person: <><circle cx="12" cy="8" r="3.5" /><path d="M5 20c.6-4 3.4-6 7-6s6.4 2 7 6" /></>,
  lambda: <path d="M7 4h2.5l6.5 16h2.5M11.5 9.5 6.5 20" />,
  gateway: <path d="M5 4v16M19 4v16M5 8h14M5 16h14M9 12h6" />,
  bucket: <><ellipse cx="12" cy="6" rx="7" ry="2.5" /><path d="m5 6 2 12c0 1.3 2.2 2.5 5 2.5s5-1.2 5-2.5l2-12" /></>,
  queue: <path d="M4 7h4v10H4zM10 7h4v10h-4zM16 7h4v10h-4z" />,
  topic: <><circle cx="6" cy="12" r="2" /><circle cx="18" cy="6" r="2" /><circle cx="18" cy="12" r="2" /><circle cx="18" cy="18" r="2" /><path d="M8 12h8M8 11l8-4.5M8 13l8 4.5" /></>,
  table: <path d="M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14" />,
  database: <><ellipse cx="12" cy="6" rx="7" ry="2.5" /><path d="M5 6v12c0 1.4 3.1 2.5 7 2.5s7-1.1 7-2.5V6M5 12c0 1.4 3.1 2.5 7 2.5s7-1.1 7-2.5" /></>,
  stream: <path d="M3 7c3 0 3 3 6 3s3-3 6-3 3 3 6 3M3 12c3 0 3 3 6 3s3-3 6-3 3 3 6 3M3 17c3 0 3 3 6 3s3-3 6-3 3 3 6 3" />,
  events: <><circle cx="12" cy="12" r="8" /><path d="M12 7v5l3.5 2" /></>,
  steps: <path d="M4 18h5v-5h5V8h5V4M4 21h6" />,
  key: <><circle cx="8" cy="12" r="4" /><path d="M12 12h9M18 12v4M15 12v3" /></>,
  globe: <><circle cx="12" cy="12" r="8" /><path d="M4 12h16M12 4c-5 5-5 11 0 16M12 4c5 5 5 11 0 16" /></>,
  machine: <path d="M4 5h16v6H4zM4 13h16v6H4zM7 8h.01M7 16h.01" />,
  service: <path d="m12 3.5 7.5 4.25v8.5L12 20.5l-7.5-4.25v-8.5zM12 12l7.5-4.25M12 12 4.5 7.75M12 12v8.5" />,
};

const kinds: [type: RegExp, name: string, icon: keyof typeof icons][] = [
  [/^client$/, 'Client', 'person'],
  [/^remote$/, 'Remote service', 'globe'],
  [/^AWS::Lambda::Function$/, 'Lambda function', 'lambda'],
  [/^AWS::Lambda$/, 'Lambda', 'gateway'],
  [/^AWS::ApiGateway/, 'API Gateway', 'gateway'],
  [/^AWS::S3/, 'S3', 'bucket'],
  [/^AWS::SQS/, 'SQS', 'queue'],
  [/^AWS::SNS/, 'SNS', 'topic'],
  [/^AWS::DynamoDB/, 'DynamoDB', 'table'],
  [/^AWS::Kinesis/, 'Kinesis', 'stream'],
  [/^AWS::(Events|EventBridge)/, 'EventBridge', 'events'],
  [/^AWS::(StepFunctions|States)/, 'Step Functions', 'steps'],
  [/^AWS::(KMS|SecretsManager|STS|IAM)/, '', 'key'],
  [/^AWS::(EC2|ECS|EKS|ElasticBeanstalk)/, '', 'machine'],
  [/^(Database::|AWS::RDS)/, '', 'database'],
];

export function kindOf(type: string | null): Kind {
  const [, name, icon] = kinds.find(([pattern]) => pattern.test(type ?? '')) ?? [null, '', 'service' as const];
  return { name: name || (type ?? 'Service').replace(/^AWS::/, '').replaceAll('::', ' '), icon: icons[icon] };
}
