import type { CSSProperties } from 'react';
import type { CriticalStretch, Microseconds, TimelineRow } from '../../api/types';
import { barOf, stretchOf, type Percent, type TimeWindow } from './timeScale';

interface BarProps {
  row: TimelineRow;
  axis: Microseconds;
  window: TimeWindow;
  /** The row's stretches on the critical path. */
  critical: readonly CriticalStretch[];
}

/** The time of a row on the axis, in the colour of its status; hatched while in progress, pale where it is inferred; a line where it is on the critical path. */
export function Bar({ row, axis, window, critical }: BarProps) {
  const looks = ['waterfall-bar', `status-${row.status}`];
  if (row.duration === null) looks.push('waterfall-bar-in-progress');
  if (row.inferred) looks.push('waterfall-bar-inferred');
  if (row.lambdaPart !== null) looks.push(`waterfall-bar-${row.lambdaPart}`);
  return (
    <>
      <span className={looks.join(' ')} style={placed(barOf(row, axis, window))} />
      {critical.map((stretch) => (
        <span
          key={stretch.startOffset}
          className="waterfall-critical"
          style={placed(stretchOf(stretch.startOffset, stretch.duration, window))}
        />
      ))}
    </>
  );
}

function placed({ left, width }: { left: Percent; width: Percent }): CSSProperties {
  return { '--left': `${left}%`, '--width': `${width}%` } as CSSProperties;
}
