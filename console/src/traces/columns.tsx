import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import type { TableProps } from '@cloudscape-design/components/table';
import type { Microseconds, TraceListItem } from '../api/types';
import { links } from '../routing/links';
import { StatusLabel } from '../status/StatusLabel';
import { formatDuration } from '../units/durations';
import { formatDate, formatTimeOfDay } from '../units/moments';

/** The columns of the list of traces, in the order of the questions: when, what, how did it go, how long. */
export const columns: TableProps.ColumnDefinition<TraceListItem>[] = [
  {
    id: 'time',
    header: 'Time',
    width: 128,
    cell: ({ startTimeMicroseconds: start }) => <TwoLines first={formatTimeOfDay(start)} second={formatDate(start)} />,
  },
  {
    id: 'id',
    header: 'Trace ID',
    width: 316,
    cell: ({ id }) => (
      <Link href={links.trace(id)}>
        <span className="id">{id}</span>
      </Link>
    ),
  },
  {
    id: 'name',
    header: 'Entry point',
    width: 153,
    cell: ({ name, type }) => <TwoLines first={name} second={type} />,
  },
  { id: 'method', header: 'Method', width: 98, cell: (trace) => trace.httpMethod ?? '–' },
  {
    id: 'status',
    header: 'Status',
    width: 158,
    cell: (trace) => <StatusLabel status={trace.status} httpStatus={trace.httpStatus} />,
  },
  { id: 'response-time', header: 'Response time', width: 152, cell: (trace) => <Duration of={trace.responseTimeMicroseconds} /> },
  { id: 'duration', header: 'Duration', width: 115, cell: (trace) => <Duration of={trace.durationMicroseconds} /> },
  // Last, since the last column takes the room that is left. Anybody's text, so it is never a link.
  { id: 'url', header: 'URL', minWidth: 110, cell: ({ httpUrl }) => <span title={httpUrl ?? ''}>{httpUrl ?? '–'}</span> },
];

function TwoLines({ first, second }: { first: string; second: string | null }) {
  return (
    <>
      <span className="number" title={first}>{first}</span>
      <Box variant="small" display="block">{second ?? '–'}</Box>
    </>
  );
}

function Duration({ of: duration }: { of: Microseconds | null }) {
  return <span className="number">{duration === null ? '–' : formatDuration(duration)}</span>;
}
