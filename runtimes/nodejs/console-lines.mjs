import { format } from 'node:util';

const LEVELS = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' };

/** What the next lines of the console belong to; as in AWS it reads "undefined" until the first invocation. */
export const log = { requestId: undefined };

/** Makes `console` write Lambda's text log format to standard output: time, request id, level and message, divided by tabs. */
export function writeConsoleLinesAsLambda() {
  for (const [method, level] of Object.entries(LEVELS)) {
    console[method] = (...values) => writeLine(level, format(...values));
  }
}

function writeLine(level, message) {
  // A log reader takes each line for a record, so the line breaks of one message travel as carriage returns.
  const record = [new Date().toISOString(), log.requestId, level, message].map(String).join('\t');
  process.stdout.write(record.replaceAll('\n', '\r') + '\n');
}
