import type { CSSProperties } from 'react';
import type { Microseconds, TimelineRow } from '../../api/types';
import { barOf } from './timeScale';

/** The time of a row on the axis, in the colour of its status; hatched while in progress, pale where it is inferred. */
export function Bar({ row, axis }: { row: TimelineRow; axis: Microseconds }) {
  const { left, width } = barOf(row, axis);
  const looks = ['waterfall-bar', `status-${row.status}`];
  if (row.durationMicroseconds === null) looks.push('waterfall-bar-in-progress');
  if (row.inferred) looks.push('waterfall-bar-inferred');
  return (
    <span
      className={looks.join(' ')}
      style={{ '--left': `${left}%`, '--width': `${width}%` } as CSSProperties}
    />
  );
}
