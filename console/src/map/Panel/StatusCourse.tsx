import { useRef, useState, type PointerEvent } from 'react';
import type { MapPart, MapPeriod } from '../../api/types';
import { formatDuration } from '../../units/durations';
import { formatMinute, formatTimeOfDay } from '../../units/moments';
import { outcomes } from '../Drawing/ring';
import './panel.css';

const width = 400;
const height = 90;
const periodsMax = 62;

interface StatusCourseProps {
  part: Pick<MapPart, 'periods' | 'periodMicroseconds'>;
  /** Told the time from the first period that was drawn over to the end of the last. */
  onRange: (from: Date, to: Date) => void;
}

/** How many requests ended how, period by period; drawing over some asks for that time. */
export function StatusCourse({ part, onRange }: StatusCourseProps) {
  const drawing = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<{ one: number; other: number } | null>(null);
  const periods = withGaps(part.periods, part.periodMicroseconds);
  const most = Math.max(1, ...periods.map(countOf));
  const step = width / Math.max(1, periods.length);
  const [first] = periods;
  const last = periods.at(-1);
  if (!first || !last) return null;
  const periodAt = ({ clientX }: PointerEvent) => {
    const box = drawing.current?.getBoundingClientRect();
    if (!box || box.width === 0) return 0;
    return Math.min(Math.max(Math.floor(((clientX - box.left) / box.width) * periods.length), 0), periods.length - 1);
  };
  const end = () => {
    if (!drag) return;
    setDrag(null);
    const [from, to] = [periods[Math.min(drag.one, drag.other)], periods[Math.max(drag.one, drag.other)]];
    if (from && to) onRange(dateOf(from.startMicroseconds), dateOf(to.startMicroseconds + part.periodMicroseconds));
  };
  return (
    <div className="course">
      <svg
        ref={drawing}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ one: periodAt(event), other: periodAt(event) });
        }}
        onPointerMove={(event) => {
          if (drag) setDrag({ ...drag, other: periodAt(event) });
        }}
        onPointerUp={end}
        onPointerCancel={() => {
          setDrag(null);
        }}
        viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none"
        role="img"
        aria-label={`Requests by outcome in ${part.periods.length} periods of ${formatDuration(part.periodMicroseconds)}`}
      >
        {periods.map((period, index) => {
          let y = height;
          return (
            <g key={period.startMicroseconds}>
              <title>{describe(period)}</title>
              {/* The whole column answers to the mouse, however few requests it had. */}
              <rect className="course-column" x={index * step} width={step} y="0" height={height} />
              {outcomes.map((outcome) => {
                const tall = (period[outcome] / most) * (height - 4);
                y -= tall;
                return tall > 0 && <rect key={outcome} className={`course-bar status-${outcome}`} x={index * step} width={Math.max(1, step - 1)} y={y} height={tall} />;
              })}
            </g>
          );
        })}
        {drag && <rect className="histogram-brush" x={Math.min(drag.one, drag.other) * step} width={(Math.abs(drag.one - drag.other) + 1) * step} y="0" height={height} />}
      </svg>
      <div className="histogram-axis number">
        <span>{formatMinute(first.startMicroseconds)}</span>
        <span>{formatMinute(last.startMicroseconds)}</span>
      </div>
    </div>
  );
}

function dateOf(microseconds: number): Date {
  return new Date(microseconds / 1000);
}

type Period = Pick<MapPeriod, 'startMicroseconds' | 'ok' | 'error' | 'throttle' | 'fault' | 'averageMicroseconds'>;

/** Every period between the first and the last, also those without a request. */
function withGaps(periods: readonly MapPeriod[], length: number): Period[] {
  const [first] = periods;
  const last = periods.at(-1);
  if (!first || !last) return [];
  const told = new Map(periods.map((period) => [Number(period.startMicroseconds), period]));
  const count = Math.min(periodsMax, Math.round((last.startMicroseconds - first.startMicroseconds) / length) + 1);
  return Array.from({ length: count }, (_, index) => {
    const start = first.startMicroseconds + index * length;
    return told.get(start) ?? { startMicroseconds: start as MapPeriod['startMicroseconds'], ok: 0, error: 0, throttle: 0, fault: 0, averageMicroseconds: null };
  });
}

function countOf(period: Period): number {
  return period.ok + period.error + period.throttle + period.fault;
}

function describe(period: Period): string {
  const counts = outcomes.filter((outcome) => period[outcome] > 0).map((outcome) => `${period[outcome]} ${outcome}`);
  const average = period.averageMicroseconds === null ? [] : [`${formatDuration(period.averageMicroseconds)} on average`];
  return [formatTimeOfDay(period.startMicroseconds).slice(0, 8), ...(counts.length > 0 ? counts : ['no requests']), ...average].join(', ');
}
