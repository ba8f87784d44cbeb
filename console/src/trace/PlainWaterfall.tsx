import { useCallback, useMemo, useState } from 'react';
import type { TraceTimeline } from '../api/types';
import { stretchesByRow } from './Waterfall/criticalPath';
import { withFold } from './Waterfall/folding';
import { axisLength, windowWithin } from './Waterfall/timeScale';
import { useNow } from './Waterfall/useNow';
import { Waterfall } from './Waterfall/Waterfall';

const noneFound: ReadonlySet<string> = new Set();

/** The waterfall of a whole trace, to look at on another page than its own. */
export function PlainWaterfall({ trace, onSelect }: { trace: TraceTimeline; onSelect: (rowId: string) => void }) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const now = useNow(trace);
  const axis = useMemo(() => axisLength(trace, now), [trace, now]);
  const window = useMemo(() => windowWithin(0, axis, axis), [axis]);
  const critical = useMemo(() => stretchesByRow(trace.criticalPath), [trace.criticalPath]);
  const fold = useCallback((id: string, away: boolean) => {
    setFolded((before) => withFold(before, id, away));
  }, []);
  return (
    <Waterfall
      trace={trace}
      axis={axis}
      window={window}
      critical={critical}
      folded={folded}
      found={noneFound}
      selectedId={null}
      onFold={fold}
      onSelect={onSelect}
      coveredPixels={0}
    />
  );
}
