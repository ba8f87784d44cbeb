import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import type { LinkingTrace, TraceTimeline } from '../api/types';
import { links } from '../routing/links';
import { formatDate, formatTimeOfDay } from '../units/moments';

interface LinkedTracesProps {
  trace: TraceTimeline;
  /** The traces that name this one. */
  linking: readonly LinkingTrace[];
  onSelect: (rowId: string) => void;
}

/** The traces that segments of this one name, such as those of the senders of a batch of messages, and those whose segments name this one. */
export function LinkedTraces({ trace, linking, onSelect }: LinkedTracesProps) {
  return (
    <Box padding={{ horizontal: 'l' }}>
      {trace.links.length > 0 && <Named trace={trace} onSelect={onSelect} />}
      {linking.length > 0 && <Naming linking={linking} />}
    </Box>
  );
}

const relations: Record<string, string> = { parent: 'This trace follows from it', child: 'It follows from this trace' };

function Named({ trace, onSelect }: { trace: TraceTimeline; onSelect: (rowId: string) => void }) {
  const nameOf = (rowId: string) => trace.rows.find(({ id }) => id === rowId)?.name ?? rowId;
  return (
    <Table
      variant="embedded"
      ariaLabels={{ tableLabel: 'Traces that this one names' }}
      items={trace.links}
      columnDefinitions={[
        { id: 'trace', header: 'Trace', cell: ({ traceId }) => <TraceLink id={traceId} /> },
        { id: 'relation', header: 'Relation', cell: ({ referenceType }) => relations[referenceType ?? ''] ?? '–' },
        {
          id: 'segment',
          header: 'Named by',
          cell: ({ rowId }) => <Link onFollow={(event) => { event.preventDefault(); onSelect(rowId); }} href="#">{nameOf(rowId)}</Link>,
        },
      ]}
    />
  );
}

const relationsBack: Record<string, string> = { parent: 'It follows from this trace', child: 'This trace follows from it' };

function Naming({ linking }: { linking: readonly LinkingTrace[] }) {
  return (
    <Table
      variant="embedded"
      ariaLabels={{ tableLabel: 'Traces that name this one' }}
      items={linking}
      columnDefinitions={[
        { id: 'trace', header: 'Trace', cell: ({ traceId, rowId }) => <TraceLink id={traceId} row={rowId} /> },
        { id: 'relation', header: 'Relation', cell: ({ referenceType }) => relationsBack[referenceType ?? ''] ?? '–' },
        { id: 'segment', header: 'Its segment', cell: ({ name, origin }) => [name, origin].filter(Boolean).join(', ') },
        { id: 'time', header: 'Began', cell: ({ startTime }) => <span className="number">{formatDate(startTime)} {formatTimeOfDay(startTime)}</span> },
      ]}
    />
  );
}

function TraceLink({ id, row }: { id: string; row?: string }) {
  return <Link href={links.trace(id, row)}><span className="id">{id}</span></Link>;
}
