import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { TimelineRow, TraceRowDetails } from '../../api/types';
import { StatusLabel } from '../../status/StatusLabel';
import { formatExactDuration } from '../../units/durations';

/** What a row is, where it stands in the trace and how it went. */
export function Overview({ row, details }: { row: TimelineRow; details: TraceRowDetails }) {
  const duration = row.duration;
  return (
    <KeyValuePairs
      columns={3}
      items={[
        { label: 'Name', value: <span className="details-value">{row.name}</span> },
        { label: row.kind === 'segment' ? 'Segment ID' : 'Subsegment ID', value: <span className="id">{row.id}</span> },
        { label: 'Parent ID', value: <span className="id">{row.parentId ?? '–'}</span> },
        { label: 'Status', value: <StatusLabel status={row.status} httpStatus={row.httpStatus} /> },
        { label: 'Starts after', value: formatExactDuration(row.startOffset) },
        { label: 'Duration', value: duration === null ? 'In progress' : formatExactDuration(duration) },
        ...(row.beforeCaller === null
          ? []
          : [{ label: 'Clock', value: `Seems to begin ${formatExactDuration(row.beforeCaller)} before the call that caused it: the two clocks disagree` }]),
        { label: 'Subsegments inside', value: details.subsegmentCount },
        { label: 'Origin', value: row.origin ?? '–' },
        { label: 'Namespace', value: row.namespace ?? '–' },
        { label: 'Recorded by', value: row.inferred ? 'Inferred from the other side of the call' : 'Sent as a document' },
      ]}
    />
  );
}
