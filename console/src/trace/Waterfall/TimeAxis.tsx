import type { CSSProperties } from 'react';
import { formatDuration } from '../../units/durations';
import type { Tick } from './timeScale';

/** The heading of the waterfall: the names of its columns, and the ticks of its time axis. */
export function TimeAxis({ ticks }: { ticks: Tick[] }) {
  return (
    <div className="waterfall-head" role="row" aria-rowindex={1}>
      <span role="columnheader">Name</span>
      <span role="columnheader">Origin</span>
      <span role="columnheader">Status</span>
      <span role="columnheader" className="waterfall-duration">Duration</span>
      <span role="columnheader" aria-label="Timeline" className="waterfall-lane">
        {ticks.map(({ at, time }) => (
          <span key={time} className="waterfall-tick" style={{ '--left': `${at}%` } as CSSProperties}>
            {time === 0 ? '0' : formatDuration(time)}
          </span>
        ))}
      </span>
    </div>
  );
}
