import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import type { TraceTimeline } from '../api/types';
import { links } from '../routing/links';

const relations: Record<string, string> = { parent: 'This trace follows from it', child: 'It follows from this trace' };

/** The traces that segments of this one name, such as those of the senders of a batch of messages. */
export function LinkedTraces({ trace, onSelect }: { trace: TraceTimeline; onSelect: (rowId: string) => void }) {
  const nameOf = (rowId: string) => trace.rows.find(({ id }) => id === rowId)?.name ?? rowId;
  return (
    <Box padding={{ horizontal: 'l' }}>
      <Table
        variant="embedded"
        ariaLabels={{ tableLabel: 'Linked traces' }}
        items={trace.links}
        columnDefinitions={[
          { id: 'trace', header: 'Trace', cell: ({ traceId }) => <Link href={links.trace(traceId)}><span className="id">{traceId}</span></Link> },
          { id: 'relation', header: 'Relation', cell: ({ referenceType }) => relations[referenceType ?? ''] ?? '–' },
          {
            id: 'segment',
            header: 'Named by',
            cell: ({ rowId }) => <Link onFollow={(event) => { event.preventDefault(); onSelect(rowId); }} href="#">{nameOf(rowId)}</Link>,
          },
        ]}
      />
    </Box>
  );
}
