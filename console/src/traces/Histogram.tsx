import { useRef, useState, type PointerEvent } from 'react';
import type { Microseconds, ResponseTimeBin } from '../api/types';
import { formatDuration } from '../units/durations';
import './charts.css';
import { outcomes } from './outcomes';

interface HistogramProps {
  bins: readonly ResponseTimeBin[];
  onSelect: (from: Microseconds, to: Microseconds) => void;
}

const height = 120;
const labelsWanted = 5;

/** How many traces took so long, by how they went. Bins grow with the time, so that the quick and the slow are both seen. */
export function Histogram({ bins, onSelect }: HistogramProps) {
  const strip = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ one: number; other: number } | null>(null);
  const most = Math.max(...bins.map(({ counts }) => counts.total), 1);
  const binAt = ({ clientX }: PointerEvent) => {
    const { left, width } = strip.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    return Math.min(Math.max(Math.floor(((clientX - left) / width) * bins.length), 0), bins.length - 1);
  };
  const end = () => {
    if (!drag) return;
    setDrag(null);
    const [first, last] = [bins[Math.min(drag.one, drag.other)], bins[Math.max(drag.one, drag.other)]];
    if (first && last) onSelect(first.from, last.to);
  };
  const step = Math.max(Math.ceil(bins.length / labelsWanted), 1);
  return (
    <div className="chart" role="img" aria-label={summaryOf(bins)}>
      <div
        ref={strip}
        className="chart-area histogram"
        style={{ blockSize: height }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ one: binAt(event), other: binAt(event) });
        }}
        onPointerMove={(event) => {
          if (drag) setDrag({ ...drag, other: binAt(event) });
        }}
        onPointerUp={end}
        onPointerCancel={() => {
          setDrag(null);
        }}
      >
        {bins.map((bin, index) => (
          <div key={bin.from} className={`histogram-bin ${isWithin(index, drag) ? 'histogram-chosen' : ''}`} title={titleOf(bin)}>
            {outcomes.map((outcome) => (
              <div key={outcome} className={`status-${outcome}`} style={{ blockSize: `${(bin.counts[outcome] / most) * 100}%` }} />
            ))}
          </div>
        ))}
      </div>
      <div className="chart-labels" aria-hidden>
        {bins.map(({ from }, index) => index % step === 0 && index <= bins.length * 0.9 && (
          <span key={from} style={{ insetInlineStart: `${(index / bins.length) * 100}%` }}>{formatDuration(from)}</span>
        ))}
      </div>
    </div>
  );
}

function isWithin(index: number, drag: { one: number; other: number } | null): boolean {
  return drag !== null && index >= Math.min(drag.one, drag.other) && index <= Math.max(drag.one, drag.other);
}

function titleOf({ from, to, counts }: ResponseTimeBin): string {
  const parts = outcomes.filter((outcome) => counts[outcome] > 0).map((outcome) => `${counts[outcome]} ${outcome}`);
  return `${formatDuration(from)} to ${formatDuration(to)}: ${parts.length === 0 ? 'none' : parts.join(', ')}`;
}

function summaryOf(bins: readonly ResponseTimeBin[]): string {
  const fullest = bins.reduce<ResponseTimeBin | undefined>((most, bin) => (bin.counts.total > (most?.counts.total ?? 0) ? bin : most), undefined);
  return fullest ? `Histogram of response times; most took ${formatDuration(fullest.from)} to ${formatDuration(fullest.to)}` : 'No response times';
}
