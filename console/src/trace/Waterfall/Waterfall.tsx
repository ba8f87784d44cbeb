import { useCallback, useEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import type { TraceTimeline } from '../../api/types';
import { shownRows, withFold } from './folding';
import { commandOf } from './keyboard';
import { TimeAxis } from './TimeAxis';
import { axisLength, ticksOf, type Tick } from './timeScale';
import './waterfall.css';
import { WaterfallRow } from './WaterfallRow';

interface WaterfallProps {
  trace: TraceTimeline;
  selectedId: string | null;
  onSelect: (rowId: string) => void;
  /** Pixels at the bottom of the window that the details of the selected row cover. */
  coveredPixels: number;
}

/** The rows of a trace as a tree with a bar for each, on one axis of time. */
export function Waterfall({ trace, selectedId, onSelect, coveredPixels }: WaterfallProps) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const axis = useMemo(() => axisLength(trace), [trace]);
  const ticks = useMemo(() => ticksOf(axis), [axis]);
  const shown = useMemo(() => shownRows(trace.rows, folded), [trace.rows, folded]);
  // One row is in the tab order; a row that was folded away leaves its place to the first.
  const focused = Math.max(shown.findIndex(({ row }) => row.id === focusedId), 0);

  // The details open over the lower rows, perhaps over the very row that was chosen.
  useEffect(() => {
    grid.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selectedId, coveredPixels]);

  const fold = useCallback((id: string, away: boolean) => {
    setFolded((before) => withFold(before, id, away));
  }, []);
  const press = (event: KeyboardEvent) => {
    const command = commandOf(event.key, focused, shown, folded);
    if (command === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (command.verb === 'move') focusRow(grid.current, command.to);
    else if (command.verb === 'select') onSelect(command.id);
    else fold(command.id, command.verb === 'fold');
  };
  return (
    <div ref={grid} className="waterfall" role="treegrid" aria-label="Waterfall of the trace" style={lengthsOf(ticks, coveredPixels)} onKeyDown={press}>
      <TimeAxis ticks={ticks} />
      {shown.map(({ row, hasChildren }, index) => (
        <WaterfallRow
          key={row.id}
          row={row}
          axis={axis}
          hasChildren={hasChildren}
          folded={folded.has(row.id)}
          selected={row.id === selectedId}
          tabbable={index === focused}
          onFold={fold}
          onSelect={onSelect}
          onFocus={setFocusedId}
        />
      ))}
    </div>
  );
}

function lengthsOf(ticks: Tick[], coveredPixels: number): CSSProperties {
  return { '--tick-step': `${ticks[1]?.at ?? 100}%`, '--panel-size': `${coveredPixels}px` } as CSSProperties;
}

function focusRow(grid: HTMLElement | null, index: number): void {
  grid?.querySelectorAll<HTMLElement>('.waterfall-row')[index]?.focus();
}
