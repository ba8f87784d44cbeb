import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import type { TableProps } from '@cloudscape-design/components/table';
import type { Microseconds, TraceListItem } from '../api/types';
import { links } from '../routing/links';
import { StatusLabel } from '../status/StatusLabel';
import { formatDuration } from '../units/durations';
import { formatDate, formatTimeOfDay } from '../units/moments';
import { ArrivalMark } from './arrivals';

/** The columns of the list of traces, in the order of the questions: when, what, how did it go, how long. */
export const columns: TableProps.ColumnDefinition<TraceListItem>[] = [
  {
    id: 'time',
    sortingField: 'startTime',
    header: 'Time',
    width: 128,
    cell: ({ startTime: start }) => <TwoLines first={formatTimeOfDay(start)} second={formatDate(start)} />,
  },
  {
    id: 'id',
    header: 'Trace ID',
    width: 316,
    cell: ({ id }) => (
      <Link href={links.trace(id)}>
        <span className="id">{id}</span>
        <ArrivalMark id={id} />
      </Link>
    ),
  },
  {
    id: 'name',
    sortingField: 'entryPoint',
    header: 'Entry point',
    width: 153,
    cell: ({ name, type }) => <TwoLines first={name} second={type} />,
  },
  { id: 'method', sortingField: 'method', header: 'Method', width: 112, cell: (trace) => trace.httpMethod ?? '–' },
  {
    id: 'status',
    sortingField: 'httpStatus',
    header: 'Status',
    width: 158,
    cell: (trace) => <StatusLabel status={trace.status} httpStatus={trace.httpStatus} />,
  },
  { id: 'response-time', sortingField: 'responseTime', header: 'Response time', width: 168, cell: (trace) => <Duration of={trace.responseTime} /> },
  { id: 'duration', sortingField: 'duration', header: 'Duration', width: 115, cell: (trace) => <Duration of={trace.duration} /> },
  { id: 'users', header: 'User', width: 120, cell: ({ users }) => users.join(', ') || '–' },
  { id: 'annotations', header: 'Annotations', width: 240, cell: ({ annotations }) => <Annotations of={annotations} /> },
  // Last, since the last column takes the room that is left. Anybody's text, so it is never a link.
  { id: 'url', sortingField: 'url', header: 'URL', minWidth: 110, cell: ({ httpUrl }) => <span title={httpUrl ?? ''}>{httpUrl ?? '–'}</span> },
];

/** What is shown until somebody chooses otherwise. */
export const usualColumns = columns.map(({ id = '' }) => ({ id, visible: id !== 'users' && id !== 'duration' }));

function Annotations({ of: annotations }: { of: TraceListItem['annotations'] }) {
  const text = annotations.map(({ key, value }) => `${key}: ${value}`).join(', ');
  return <span title={text}>{text || '–'}</span>;
}

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
