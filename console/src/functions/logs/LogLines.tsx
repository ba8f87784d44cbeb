import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useRef } from 'react';
import type { LogLine } from '../../api/types';
import { links } from '../../routing/links';
import { formatExactMoment, formatTimeOfDay } from '../../units/moments';
import { splitTraceId, toneOf } from './logText';
import './log.css';

interface LogLinesProps {
  lines: readonly LogLine[];
  loading?: boolean;
  /** Keeps the newest line in view. */
  follow?: boolean;
  empty: string;
}

/** Lines of a log, oldest first; a trace id in them leads to its trace. */
export function LogLines({ lines, loading = false, follow = false, empty }: LogLinesProps) {
  const box = useRef<HTMLDivElement>(null);
  const newest = lines.at(-1)?.id;
  useEffect(() => {
    if (follow) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [follow, newest]);
  if (lines.length === 0) {
    return loading ? <StatusIndicator type="loading">Reading the log</StatusIndicator> : <Box color="text-body-secondary">{empty}</Box>;
  }
  return (
    // Whoever uses the keyboard scrolls it with the arrows.
    <div ref={box} className="log" role="log" aria-label="Log" aria-live="off" tabIndex={0}>
      {lines.map((line) => (
        <div key={line.id} className={`log-line log-${toneOf(line.message)}`}>
          <time className="log-time" title={formatExactMoment(line.time, 'utc')}>{formatTimeOfDay(line.time)}</time>
          <span className="log-text"><LogText message={line.message} /></span>
        </div>
      ))}
    </div>
  );
}

function LogText({ message }: { message: string }) {
  const parts = splitTraceId(message);
  if (parts === null) return message;
  return (
    <>
      {parts.before}
      <Link href={links.trace(parts.id)}>{parts.id}</Link>
      {parts.after}
    </>
  );
}
