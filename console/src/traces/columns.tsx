import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import type { TableProps } from '@cloudscape-design/components/table';
import type { Microseconds, TraceListItem } from '../api/types';
import { hrefOf } from '../routing/routes';
import { StatusLabel } from '../status/StatusLabel';
import { formatDuration } from '../units/durations';
import { formatMoment } from '../units/moments';

/** The columns of the list of traces, in the order of the questions: when, what, how did it go, how long. */
export const columns: TableProps.ColumnDefinition<TraceListItem>[] = [
  {
    id: 'time',
    header: 'Time',
    width: 195,
    cell: (trace) => <span className="number">{formatMoment(trace.startTimeMicroseconds)}</span>,
  },
  {
    id: 'name',
    header: 'Entry point',
    width: 190,
    cell: (trace) => <EntryPoint name={trace.name} type={trace.type} />,
  },
  { id: 'method', header: 'Method', width: 90, cell: (trace) => trace.httpMethod ?? '–' },
  // A URL out of a trace is anybody's text, so it is never a link.
  { id: 'url', header: 'URL', width: 160, cell: (trace) => <span title={trace.httpUrl ?? ''}>{trace.httpUrl ?? '–'}</span> },
  {
    id: 'status',
    header: 'Status',
    width: 130,
    cell: (trace) => <StatusLabel status={trace.status} httpStatus={trace.httpStatus} />,
  },
  { id: 'response-time', header: 'Response time', width: 130, cell: (trace) => <Duration of={trace.responseTimeMicroseconds} /> },
  { id: 'duration', header: 'Duration', width: 105, cell: (trace) => <Duration of={trace.durationMicroseconds} /> },
  {
    id: 'id',
    header: 'Trace ID',
    minWidth: 330,
    cell: (trace) => (
      <Link href={hrefOf({ page: 'trace', id: trace.id })}>
        <span className="id">{trace.id}</span>
      </Link>
    ),
  },
];

function EntryPoint({ name, type }: { name: string; type: string | null }) {
  return (
    <>
      <span title={name}>{name}</span>
      {type && (
        <Box variant="small" display="block" color="text-body-secondary">
          {type}
        </Box>
      )}
    </>
  );
}

function Duration({ of: duration }: { of: Microseconds | null }) {
  return <span className="number">{duration === null ? '–' : formatDuration(duration)}</span>;
}
