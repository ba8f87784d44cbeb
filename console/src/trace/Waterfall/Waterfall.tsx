import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore, type CSSProperties, type KeyboardEvent, type UIEvent } from 'react';
import type { CriticalStretch, Microseconds, TimelineRow, TraceTimeline } from '../../api/types';
import { shownRows } from './folding';
import { commandOf } from './keyboard';
import { TimeAxis } from './TimeAxis';
import { ticksOf, type Tick, type TimeWindow } from './timeScale';
import { rowHeight, scrollStep, scrollToShow, visibleRows } from './visibleRows';
import './waterfall.css';
import { deepestIndent, elementIdOf, WaterfallRow } from './WaterfallRow';

interface WaterfallProps {
  trace: TraceTimeline;
  axis: Microseconds;
  window: TimeWindow;
  /** Of each row on the critical path its stretches, by the row's place in the trace. */
  critical: ReadonlyMap<number, readonly CriticalStretch[]>;
  folded: ReadonlySet<string>;
  found: ReadonlySet<string>;
  selectedId: string | null;
  onFold: (rowId: string, away: boolean) => void;
  onSelect: (rowId: string) => void;
  /** Pixels at the bottom of the window that the details of the selected row cover. */
  coveredPixels: number;
}

const nothing: readonly CriticalStretch[] = [];

/** The rows of a trace as a tree with a bar for each, on one axis of time. Only those in view are drawn, however many there are. */
export function Waterfall(props: WaterfallProps) {
  const { trace, axis, window, critical, folded, found, selectedId, onFold, onSelect, coveredPixels } = props;
  const [at, setAt] = useState({ id: selectedId, selectedId });
  // Whoever selects a row, by a match or by the address, moves the keyboard there.
  if (at.selectedId !== selectedId) setAt({ id: selectedId, selectedId });
  const grid = useRef<HTMLDivElement>(null);
  const ticks = useMemo(() => ticksOf(window), [window]);
  const shown = useMemo(() => shownRows(trace.rows, folded), [trace.rows, folded]);
  const indent = useMemo(() => indentOf(trace.rows), [trace.rows]);
  const { first, end, onScroll } = useVisible(shown.length);
  // A row that was folded away leaves its place to the first.
  const active = Math.max(shown.findIndex(({ row }) => row.id === at.id), 0);

  const show = useCallback((index: number) => {
    const element = grid.current;
    if (element) element.scrollTop = scrollToShow(index, element.scrollTop, bodyHeight(element));
  }, []);
  // The details open over the lower rows, perhaps over the very row that was chosen.
  useEffect(() => {
    const selected = shown.findIndex(({ row }) => row.id === selectedId);
    if (selected < 0) return;
    show(selected);
    grid.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selectedId, shown, coveredPixels, show]);

  const press = (event: KeyboardEvent) => {
    const command = commandOf(event.key, active, shown, folded);
    if (command === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (command.verb === 'move') {
      setAt({ id: shown[command.to]?.row.id ?? null, selectedId });
      show(command.to);
    } else if (command.verb === 'select') onSelect(command.id);
    else onFold(command.id, command.verb === 'fold');
  };
  const activeRow = active >= first && active < end ? shown[active]?.row : undefined;
  return (
    <div
      ref={grid}
      className="waterfall"
      role="treegrid"
      aria-label="Waterfall of the trace"
      aria-rowcount={shown.length + 1}
      aria-activedescendant={activeRow && elementIdOf(activeRow)}
      tabIndex={0}
      style={lengthsOf(ticks, coveredPixels, indent)}
      onScroll={onScroll}
      onKeyDown={press}
    >
      <TimeAxis ticks={ticks} />
      <div role="rowgroup" className="waterfall-rows" style={{ blockSize: shown.length * rowHeight }}>
        {shown.slice(first, end).map(({ row, index, hasChildren }, offset) => (
          <WaterfallRow
            key={row.id}
            row={row}
            at={first + offset}
            axis={axis}
            window={window}
            critical={critical.get(index) ?? nothing}
            hasChildren={hasChildren}
            folded={folded.has(row.id)}
            selected={row.id === selectedId}
            active={first + offset === active}
            found={found.has(row.id)}
            onFold={onFold}
            onSelect={onSelect}
          />
        ))}
      </div>
    </div>
  );
}

// The window is as high as the waterfall can get; what is drawn beyond its edge costs little.
function useVisible(count: number) {
  const [scrolled, setScrolled] = useState(0);
  const height = useSyncExternalStore(onResize, () => window.innerHeight);
  const onScroll = useCallback(({ currentTarget }: UIEvent) => {
    // The same step again draws nothing.
    setScrolled(scrollStep(currentTarget.scrollTop));
  }, []);
  return { ...visibleRows(scrolled, height, count), onScroll };
}

function onResize(changed: () => void): () => void {
  window.addEventListener('resize', changed);
  return () => {
    window.removeEventListener('resize', changed);
  };
}

// Without the heading, which covers the first rows that are scrolled away.
function bodyHeight(grid: HTMLElement): number {
  return Math.max(grid.clientHeight - (grid.firstElementChild?.clientHeight ?? 0), rowHeight);
}

// The deeper a trace, the smaller its steps: names of the innermost calls need room too.
const indentMax = 18;
const indentMin = 6;
const indentsMax = 120;

function indentOf(rows: readonly TimelineRow[]): number {
  const deepest = rows.reduce((depth, row) => Math.max(depth, row.depth), 1);
  return Math.max(indentMin, Math.min(indentMax, Math.floor(indentsMax / Math.min(deepest, deepestIndent))));
}

function lengthsOf(ticks: Tick[], coveredPixels: number, indent: number): CSSProperties {
  const [first, second] = ticks;
  return {
    '--tick-first': `${first?.at ?? 0}%`,
    '--tick-step': `${second && first ? second.at - first.at : 100}%`,
    '--indent': `${indent}px`,
    '--panel-size': `${coveredPixels}px`,
  } as CSSProperties;
}
