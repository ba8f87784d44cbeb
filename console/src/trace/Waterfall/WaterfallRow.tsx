import Icon from '@cloudscape-design/components/icon';
import { memo, type CSSProperties, type MouseEvent } from 'react';
import type { Microseconds, TimelineRow } from '../../api/types';
import { StatusLabel } from '../../status/StatusLabel';
import { formatExactDuration } from '../../units/durations';
import { Bar } from './Bar';

interface WaterfallRowProps {
  row: TimelineRow;
  axis: Microseconds;
  hasChildren: boolean;
  folded: boolean;
  selected: boolean;
  tabbable: boolean;
  onFold: (id: string, away: boolean) => void;
  onSelect: (id: string) => void;
  onFocus: (id: string) => void;
}

/** One segment or subsegment. Remembered, because folding or choosing one row of thousands must not draw them all. */
export const WaterfallRow = memo(function WaterfallRow(props: WaterfallRowProps) {
  const { row, hasChildren, folded, selected, tabbable } = props;
  return (
    <div
      className={`waterfall-row waterfall-${row.kind}`}
      role="row"
      aria-level={row.depth + 1}
      aria-selected={selected}
      aria-expanded={hasChildren ? !folded : undefined}
      tabIndex={tabbable ? 0 : -1}
      onClick={() => {
        props.onSelect(row.id);
      }}
      onFocus={() => {
        props.onFocus(row.id);
      }}
    >
      <NameCell {...props} />
      <span role="gridcell" className="waterfall-origin" title={originOf(row)}>{originOf(row)}</span>
      <span role="gridcell"><StatusLabel status={row.status} httpStatus={row.httpStatus} /></span>
      <span role="gridcell" className="waterfall-duration number">
        {row.durationMicroseconds === null ? '–' : formatExactDuration(row.durationMicroseconds)}
      </span>
      <span role="gridcell" className="waterfall-lane"><Bar row={row} axis={props.axis} /></span>
    </div>
  );
});

function NameCell({ row, hasChildren, folded, onFold }: WaterfallRowProps) {
  const toggle = (event: MouseEvent) => {
    event.stopPropagation();
    onFold(row.id, !folded);
  };
  return (
    <span role="gridcell" className="waterfall-name" style={{ '--depth': row.depth } as CSSProperties}>
      <span className="waterfall-fold">
        {hasChildren && (
          // The keyboard folds with the arrow keys, so the sign stays out of the tab order.
          <button type="button" tabIndex={-1} aria-label={`${folded ? 'Expand' : 'Collapse'} ${row.name}`} onClick={toggle}>
            <Icon name={folded ? 'caret-right-filled' : 'caret-down-filled'} />
          </button>
        )}
      </span>
      <span className="waterfall-text" title={row.name}>{row.name}</span>
      {row.inferred && <span className="waterfall-inferred" title="Not sent by an SDK, but known from the other side">inferred</span>}
    </span>
  );
}

/** Where a segment came from; of a call, whom it went to and which operation of an AWS service it was. */
function originOf(row: TimelineRow): string {
  const aws = row.document.aws;
  const operation = typeof aws === 'object' && aws !== null && 'operation' in aws && typeof aws.operation === 'string' ? aws.operation : '';
  return row.origin ?? `${row.namespace ?? ''} ${operation}`.trim();
}
