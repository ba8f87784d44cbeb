import type { MapPart, MapPeriod } from '../../api/types';
import { useBrush } from '../../charts/useBrush';
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
  const periods = withGaps(part.periods, part.periodMicroseconds);
  const most = Math.max(1, ...periods.map(countOf));
  const step = width / Math.max(1, periods.length);
  const { strip, brushed, handlers } = useBrush<SVGSVGElement>(periods.length, (from, to) => {
    const [begin, end] = [periods[from], periods[to]];
    if (begin && end) onRange(dateOf(begin.startMicroseconds), dateOf(end.startMicroseconds + part.periodMicroseconds));
  });
  const [first] = periods;
  const last = periods.at(-1);
  if (!first || !last) return null;
  return (
    <div className="course">
      <svg
        ref={strip}
        {...handlers}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
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
        {brushed && <rect className="histogram-brush" x={brushed.first * step} width={(brushed.last - brushed.first + 1) * step} y="0" height={height} />}
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
