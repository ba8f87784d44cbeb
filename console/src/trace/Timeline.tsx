import { useCallback, useMemo, useState } from 'react';
import type { TraceTimeline } from '../api/types';
import { useTraceMatches } from '../api/useTrace';
import { createSetting } from '../shell/setting';
import { stretchesByRow } from './Waterfall/criticalPath';
import { everyFold, unfoldedTo, withFold } from './Waterfall/folding';
import { Minimap } from './Waterfall/Minimap';
import { axisLength, windowWithin, zoomed, type TimeWindow } from './Waterfall/timeScale';
import { Tools } from './Waterfall/Tools';
import { useNow } from './Waterfall/useNow';
import { Waterfall } from './Waterfall/Waterfall';

interface TimelineProps {
  trace: TraceTimeline;
  selectedId: string | null;
  /** What is looked for; part of the address, as the selected row is. */
  find: string;
  /** The part of the trace that is shown, in microseconds from its start; null for all of it. */
  zoom: TimeWindow | null;
  coveredPixels: number;
  onSelect: (rowId: string) => void;
  onFind: (text: string) => void;
  onZoom: (window: TimeWindow | null) => void;
}

const criticalSetting = createSetting('critical-path', ['shown', 'hidden']);
const noStretches: ReturnType<typeof stretchesByRow> = new Map();
const noRows: readonly string[] = [];

/** The waterfall with what it is searched, folded and zoomed by. */
export function Timeline({ trace, selectedId, find, zoom, coveredPixels, onSelect, onFind, onZoom }: TimelineProps) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const showsCritical = criticalSetting.use() === 'shown';
  const now = useNow(trace);
  const axis = useMemo(() => axisLength(trace, now), [trace, now]);
  const window = useMemo(() => (zoom ? windowWithin(zoom.from, zoom.to, axis) : windowWithin(0, axis, axis)), [zoom, axis]);
  const critical = useMemo(() => (showsCritical ? stretchesByRow(trace.criticalPath) : noStretches), [trace.criticalPath, showsCritical]);
  const matches = useTraceMatches(trace.id, find).data?.rowIds ?? noRows;
  const found = useMemo(() => new Set(matches), [matches]);

  const fold = useCallback((id: string, away: boolean) => {
    setFolded((before) => withFold(before, id, away));
  }, []);
  const zoomTo = (next: TimeWindow) => {
    onZoom(next.from === 0 && next.to === axis ? null : next);
  };
  const goToMatch = (step: 1 | -1) => {
    const at = matches.indexOf(selectedId ?? '');
    const next = matches[at < 0 ? (step === 1 ? 0 : matches.length - 1) : (at + step + matches.length) % matches.length];
    if (next === undefined) return;
    setFolded((before) => unfoldedTo(before, trace.rows, next));
    onSelect(next);
  };
  return (
    <>
      <Tools
        find={find}
        found={find === '' ? null : { count: matches.length, at: matches.indexOf(selectedId ?? '') + 1 }}
        zoomed={zoom !== null}
        showsCritical={showsCritical}
        onFind={onFind}
        onNext={goToMatch}
        onFoldAll={(away) => {
          setFolded(away ? everyFold(trace.rows) : new Set());
        }}
        onZoom={(factor) => {
          zoomTo(zoomed(window, factor, axis));
        }}
        onZoomOut={() => {
          onZoom(null);
        }}
        onShowCritical={(shows) => {
          criticalSetting.set(shows ? 'shown' : 'hidden');
        }}
      />
      <Minimap trace={trace} axis={axis} window={window} onZoom={zoomTo} />
      <Waterfall
        trace={trace}
        axis={axis}
        window={window}
        critical={critical}
        folded={folded}
        found={found}
        selectedId={selectedId}
        onFold={fold}
        onSelect={onSelect}
        coveredPixels={coveredPixels}
      />
    </>
  );
}
