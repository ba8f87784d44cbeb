import { useMemo, useRef, useState, type PointerEvent } from 'react';
import type { EpochMicroseconds, Microseconds, ResponseTimePoint } from '../api/types';
import { links } from '../routing/links';
import { formatDuration } from '../units/durations';
import { formatTimeOfDay } from '../units/moments';
import './charts.css';
import { scatterScale, type Place } from './scatterScale';

interface ScatterProps {
  points: readonly ResponseTimePoint[];
  onSelect: (part: { fromTime: EpochMicroseconds; toTime: EpochMicroseconds; from: Microseconds; to: Microseconds }) => void;
}

const height = 120;

// A shorter drag is a click, perhaps on a trace.
const shortestDrag = 0.01;

/** A point for each trace: when it began and how long it took. A point leads to its trace. */
export function Scatter({ points, onSelect }: ScatterProps) {
  const area = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ one: Place; other: Place } | null>(null);
  const scale = useMemo(() => scatterScale(points), [points]);
  const placeAt = ({ clientX, clientY }: PointerEvent): Place => {
    const box = area.current?.getBoundingClientRect() ?? { left: 0, bottom: 1, width: 1, height: 1 };
    return { x: within((clientX - box.left) / box.width), y: within((box.bottom - clientY) / box.height) };
  };
  const end = () => {
    if (!drag) return;
    setDrag(null);
    const { left, right, bottom, top } = edgesOf(drag);
    if (right - left < shortestDrag && top - bottom < shortestDrag) return;
    onSelect({
      fromTime: scale.timeAt(left), toTime: (scale.timeAt(right) + 1_000) as EpochMicroseconds, from: scale.responseAt(bottom), to: (scale.responseAt(top) + 1) as Microseconds,
    });
  };
  const edges = drag && edgesOf(drag);
  return (
    <div className="chart chart-scatter">
      <div
        ref={area}
        className="chart-area scatter"
        style={{ blockSize: height }}
        onPointerDown={(event) => {
          if (event.button !== 0 || event.target instanceof SVGElement) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ one: placeAt(event), other: placeAt(event) });
        }}
        onPointerMove={(event) => {
          if (drag) setDrag({ ...drag, other: placeAt(event) });
        }}
        onPointerUp={end}
        onPointerCancel={() => {
          setDrag(null);
        }}
      >
        {scale.lines.map((time, index) => (
          <span key={time} className="scatter-line" style={{ insetBlockEnd: `${(index / (scale.lines.length - 1)) * 100}%` }}>
            <span>{formatDuration(time)}</span>
          </span>
        ))}
        <svg width="100%" height="100%" role="img" aria-label={`Response times of ${points.length} traces over time`}>
          {points.map((point) => {
            const { x, y } = scale.placeOf(point);
            return (
              // The table below has the same traces for those who do not point.
              <a key={point.id} href={links.trace(point.id)} tabIndex={-1}>
                <circle className={`status-${point.status}`} cx={`${x * 100}%`} cy={`${(1 - y) * 100}%`} r={3.5}>
                  <title>{`${formatTimeOfDay(point.startTime)}: ${formatDuration(point.responseTime)}, ${point.status}`}</title>
                </circle>
              </a>
            );
          })}
        </svg>
        {edges && (
          <span
            className="scatter-chosen"
            style={{
              insetInlineStart: `${edges.left * 100}%`, insetBlockEnd: `${edges.bottom * 100}%`,
              inlineSize: `${(edges.right - edges.left) * 100}%`, blockSize: `${(edges.top - edges.bottom) * 100}%`,
            }}
          />
        )}
      </div>
      <div className="chart-labels" aria-hidden>
        <span>{formatTimeOfDay(scale.timeAt(0)).slice(0, 8)}</span>
        <span className="chart-label-end">{formatTimeOfDay(scale.timeAt(1)).slice(0, 8)}</span>
      </div>
    </div>
  );
}

function edgesOf({ one, other }: { one: Place; other: Place }) {
  return { left: Math.min(one.x, other.x), right: Math.max(one.x, other.x), bottom: Math.min(one.y, other.y), top: Math.max(one.y, other.y) };
}

function within(share: number): number {
  return Math.min(Math.max(share, 0), 1);
}
