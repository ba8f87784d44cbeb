import Icon from '@cloudscape-design/components/icon';
import { memo, type CSSProperties, type MouseEvent } from 'react';
import type { CriticalStretch, LambdaPart, Microseconds, TimelineRow } from '../../api/types';
import { StatusLabel } from '../../status/StatusLabel';
import { formatExactDuration } from '../../units/durations';
import { Bar } from './Bar';
import type { TimeWindow } from './timeScale';
import { rowHeight } from './visibleRows';

interface WaterfallRowProps {
  row: TimelineRow;
  /** Its place among the rows that are shown. */
  at: number;
  axis: Microseconds;
  window: TimeWindow;
  critical: readonly CriticalStretch[];
  hasChildren: boolean;
  folded: boolean;
  selected: boolean;
  active: boolean;
  found: boolean;
  onFold: (id: string, away: boolean) => void;
  onSelect: (id: string) => void;
}

/** The id of a row's element, by which the grid says which row the keyboard is at. */
export const elementIdOf = (row: TimelineRow) => `row-${row.id}`;

const partNames: Record<Exclude<LambdaPart, null>, string> = {
  dwellTime: 'wait',
  attempt: 'attempt',
  initialization: 'cold start',
  invocation: 'handler',
  overhead: 'overhead',
};

/** One segment or subsegment. Remembered, because folding or choosing one row of thousands must not draw them all. */
export const WaterfallRow = memo(function WaterfallRow(props: WaterfallRowProps) {
  const { row, at, hasChildren, folded, selected, active, found } = props;
  const looks = ['waterfall-row', `waterfall-${row.kind}`];
  if (active) looks.push('waterfall-active');
  if (found) looks.push('waterfall-found');
  return (
    <div
      id={elementIdOf(row)}
      className={looks.join(' ')}
      role="row"
      aria-rowindex={at + 2}
      aria-level={row.depth + 1}
      aria-selected={selected}
      aria-expanded={hasChildren ? !folded : undefined}
      style={{ transform: `translateY(${at * rowHeight}px)` }}
      onClick={() => {
        props.onSelect(row.id);
      }}
    >
      <NameCell {...props} />
      <span role="gridcell" className="waterfall-origin" title={originOf(row)}>{originOf(row)}</span>
      <span role="gridcell"><StatusLabel status={row.status} httpStatus={row.httpStatus} /></span>
      <span role="gridcell" className="waterfall-duration number">
        {row.duration === null ? '–' : formatExactDuration(row.duration)}
      </span>
      <span role="gridcell" className="waterfall-lane">
        <Bar row={row} axis={props.axis} window={props.window} critical={props.critical} />
      </span>
    </div>
  );
});

function NameCell({ row, hasChildren, folded, onFold }: WaterfallRowProps) {
  const toggle = (event: MouseEvent) => {
    event.stopPropagation();
    onFold(row.id, !folded);
  };
  return (
    <span role="gridcell" className="waterfall-name" style={{ '--depth': Math.min(row.depth, deepestIndent) } as CSSProperties}>
      <span className="waterfall-fold">
        {hasChildren && (
          // The keyboard folds with the arrow keys, so the sign stays out of the tab order.
          <button type="button" tabIndex={-1} aria-label={`${folded ? 'Expand' : 'Collapse'} ${row.name}`} onClick={toggle}>
            <Icon name={folded ? 'caret-right-filled' : 'caret-down-filled'} />
          </button>
        )}
      </span>
      {row.depth > deepestIndent && <span className="waterfall-depth" title={`Level ${row.depth + 1}`}>{row.depth + 1}</span>}
      <span className="waterfall-text" title={row.name}>{row.name}</span>
      {row.lambdaPart && <span className={`waterfall-part waterfall-part-${row.lambdaPart}`}>{partNames[row.lambdaPart]}</span>}
      {row.inferred && <span className="waterfall-inferred" title="Not sent by an SDK, but known from the other side">inferred</span>}
      {row.kind === 'subsegment' && row.parentId === null && <span className="waterfall-inferred" title="What it belongs to has not come yet">no parent yet</span>}
      {row.beforeCaller !== null && (
        <span className="waterfall-inferred" title={`Seems to begin ${formatExactDuration(row.beforeCaller)} before the call that caused it: the two clocks disagree`}>clock</span>
      )}
    </span>
  );
}

// Deeper ones would leave no room for their names: they say their level instead.
export const deepestIndent = 18;

/** Where a segment came from; of a call, whom it went to and which operation of an AWS service it was. */
function originOf(row: TimelineRow): string {
  return row.origin ?? `${row.namespace ?? ''} ${row.operation ?? ''}`.trim();
}
