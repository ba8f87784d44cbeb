import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { MapBin } from '../../api/types';
import { formatDuration } from '../../units/durations';
import './panel.css';

/** Bars of a histogram, the first and the last of them; both belong to it. */
export interface Brush {
  first: number;
  last: number;
}

interface HistogramProps {
  bins: readonly MapBin[];
  brush: Brush | null;
  /** Without it there is nothing to brush for. */
  onBrush?: ((brush: Brush | null) => void) | undefined;
}

const width = 400;
const height = 110;
// An empty bar has no height, and a bar of one among thousands has some.
const leastHeight = 2;

/** Response times as bars, over which a range can be drawn: with the mouse, or with the arrow keys at its two ends. */
export function Histogram({ bins, brush, onBrush }: HistogramProps) {
  const drawing = useRef<SVGSVGElement>(null);
  const [begun, setBegun] = useState<number | null>(null);
  const most = Math.max(1, ...bins.map(({ calls }) => calls));
  const step = width / bins.length;
  const binAt = ({ clientX }: PointerEvent) => {
    const box = drawing.current?.getBoundingClientRect();
    if (!box || box.width === 0) return 0;
    return clamp(Math.floor(((clientX - box.left) / box.width) * bins.length), bins.length);
  };
  const isBrushed = (index: number) => brush === null || (index >= brush.first && index <= brush.last);
  return (
    <div className="histogram">
      <svg
        ref={drawing}
        className={onBrush ? 'histogram-brushable' : ''}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Histogram of response times: ${bins.map((bin) => `${bin.calls} ${rangeInWords(bin)}`).filter((_, index) => (bins[index]?.calls ?? 0) > 0).join(', ')}`}
        onPointerDown={(event) => {
          if (!onBrush) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          const bin = binAt(event);
          setBegun(bin);
          onBrush({ first: bin, last: bin });
        }}
        onPointerMove={(event) => {
          if (begun === null) return;
          const bin = binAt(event);
          onBrush?.({ first: Math.min(begun, bin), last: Math.max(begun, bin) });
        }}
        onPointerUp={() => {
          setBegun(null);
        }}
      >
        {bins.map((bin, index) => {
          const tall = bin.calls === 0 ? 0 : Math.max(leastHeight, (bin.calls / most) * (height - 6));
          return (
            <rect
              key={bin.fromMicroseconds}
              className={isBrushed(index) ? 'histogram-bar' : 'histogram-bar histogram-bar-outside'}
              x={index * step}
              width={Math.max(1, step - 1)}
              y={height - tall}
              height={tall}
            >
              <title>{`${bin.calls} ${rangeInWords(bin)}`}</title>
            </rect>
          );
        })}
        {brush && <rect className="histogram-brush" x={brush.first * step} width={(brush.last - brush.first + 1) * step} y="0" height={height} />}
      </svg>
      {onBrush && <Ends bins={bins} brush={brush ?? { first: 0, last: bins.length - 1 }} onBrush={onBrush} />}
      <div className="histogram-axis number">
        <span>{formatDuration(bins[0]?.fromMicroseconds ?? none)}</span>
        <span>{formatDuration(bins.at(-1)?.toMicroseconds ?? none)}</span>
      </div>
    </div>
  );
}

/** The ends of the range as two sliders, for the keyboard. */
function Ends({ bins, brush, onBrush }: { bins: readonly MapBin[]; brush: Brush; onBrush: (brush: Brush | null) => void }) {
  const slider = (name: string, at: number, moved: (to: number) => Brush, edge: number, value: string) => (
    <span
      className="histogram-end"
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={bins.length - 1}
      aria-valuenow={at}
      aria-valuetext={value}
      style={{ insetInlineStart: `${(edge / bins.length) * 100}%` }}
      onKeyDown={(event: KeyboardEvent) => {
        const to = { ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, Home: 0, End: bins.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        onBrush(moved(clamp(to, bins.length)));
      }}
    />
  );
  return (
    <div className="histogram-ends">
      {slider('From response time', brush.first, (to) => ({ first: Math.min(to, brush.last), last: brush.last }), brush.first, formatDuration(bins[brush.first]?.fromMicroseconds ?? none))}
      {slider('To response time', brush.last, (to) => ({ first: brush.first, last: Math.max(to, brush.first) }), brush.last + 1, formatDuration(bins[brush.last]?.toMicroseconds ?? none))}
    </div>
  );
}

const none = 0 as MapBin['fromMicroseconds'];

export function rangeInWords({ fromMicroseconds: from, toMicroseconds: to }: Pick<MapBin, 'fromMicroseconds' | 'toMicroseconds'>): string {
  return `from ${formatDuration(from)} to ${formatDuration(to)}`;
}

function clamp(index: number, count: number): number {
  return Math.min(Math.max(index, 0), count - 1);
}
