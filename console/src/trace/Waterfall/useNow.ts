import { useEffect, useState } from 'react';
import type { Microseconds, TraceTimeline } from '../../api/types';

const stepMilliseconds = 100;

/** How far a trace has come that is still in progress, by the server's clock; null for one that does not grow. */
export function useNow(trace: TraceTimeline | undefined): Microseconds | null {
  const grows = trace?.grows ?? false;
  const [now, setNow] = useState<Microseconds | null>(null);
  const server = trace ? trace.now - trace.startTime : 0;
  useEffect(() => {
    if (!grows) return;
    const received = performance.now();
    const step = () => {
      setNow(Math.round(server + (performance.now() - received) * 1000) as Microseconds);
    };
    step();
    const timer = setInterval(step, stepMilliseconds);
    return () => {
      clearInterval(timer);
    };
  }, [grows, server]);
  return grows ? now : null;
}
