import type { LogLine } from '../../api/types';

export interface Report {
  duration?: string;
  billedDuration?: string;
  initDuration?: string;
  memoryUsed?: string;
}

/** The figures of the last REPORT line: in text, or with the log format JSON. */
export function reportOf(lines: readonly LogLine[]): Report {
  const line = lines.findLast(({ message }) => message.startsWith('REPORT ') || message.includes('"type":"platform.report"'))?.message;
  if (line === undefined) return {};
  return line.startsWith('REPORT ') ? ofText(line) : ofJson(line);
}

function ofText(line: string): Report {
  const fields = new Map(line.split('\t').map((field): [string, string] => {
    const colon = field.indexOf(': ');
    return [field.slice(0, colon), field.slice(colon + 2)];
  }));
  return defined({
    duration: /\tDuration: ([^\t]+)/.exec(line)?.[1],
    billedDuration: fields.get('Billed Duration'),
    initDuration: fields.get('Init Duration'),
    memoryUsed: fields.get('Max Memory Used'),
  });
}

function ofJson(line: string): Report {
  const { record } = JSON.parse(line) as { record?: { metrics?: Record<string, number> } };
  const metrics = record?.metrics ?? {};
  const milliseconds = (value?: number) => (value === undefined ? undefined : `${value} ms`);
  return defined({
    duration: milliseconds(metrics.durationMs),
    billedDuration: milliseconds(metrics.billedDurationMs),
    initDuration: milliseconds(metrics.initDurationMs),
    memoryUsed: metrics.maxMemoryUsedMB === undefined ? undefined : `${metrics.maxMemoryUsedMB} MB`,
  });
}

function defined(report: { [K in keyof Report]: string | undefined }): Report {
  return Object.fromEntries(Object.entries(report).filter(([, value]) => value !== undefined));
}
