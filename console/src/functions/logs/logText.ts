export type LogTone = 'plain' | 'platform' | 'warning' | 'error';

/** How loud a line is, by what Lambda and its runtimes write at its beginning, or as JSON. */
export function toneOf(message: string): LogTone {
  if (/^(START|END|REPORT|INIT_START|INIT_REPORT|EXTENSION|TELEMETRY|NOTICE|XRAY)\b/.test(message) || message.startsWith('{"time":')) return 'platform';
  // Node.js: time TAB request TAB level TAB text; Python: [LEVEL] TAB time; JSON: "level":"ERROR".
  const head = message.slice(0, 200);
  if (/\t(ERROR|FATAL)\t|^\[(ERROR|CRITICAL)\]|"level":\s*"(ERROR|FATAL|CRITICAL)"|Task timed out after|^Traceback/.test(head)) return 'error';
  if (/\tWARN\t|^\[WARNING\]|"level":\s*"WARN(ING)?"/.test(head)) return 'warning';
  return 'plain';
}

/** Where a line names a trace, as REPORT lines do. */
export function splitTraceId(message: string): { before: string; id: string; after: string } | null {
  const match = /\b1-[0-9a-f]{8}-[0-9a-f]{24}\b/.exec(message);
  if (match === null) return null;
  return { before: message.slice(0, match.index), id: match[0], after: message.slice(match.index + match[0].length) };
}
