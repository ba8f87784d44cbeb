import type { CSSProperties } from 'react';
import type { Microseconds, TimelineRow } from '../../api/types';
import { barOf } from './timeScale';

/** The time of a row on the axis, in the colour of its status; hatched while in progress. */
export function Bar({ row, axis }: { row: TimelineRow; axis: Microseconds }) {
  const { left, width } = barOf(row, axis);
  const inProgress = row.durationMicroseconds === null;
  return (
    <span
      className={`waterfall-bar status-${row.status}${inProgress ? ' waterfall-bar-in-progress' : ''}`}
      style={{ '--left': `${left}%`, '--width': `${width}%` } as CSSProperties}
    />
  );
}
