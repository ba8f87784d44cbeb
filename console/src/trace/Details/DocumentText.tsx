import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TimelineRow, TraceRowDetails } from '../../api/types';
import { documentUrl } from '../../api/useTrace';
import { JsonText } from './JsonText';

/** A row's own fields as X-Ray has them; with all that is inside it, which may be very much, as a file. */
export function DocumentText({ traceId, row, details }: { traceId: string; row: TimelineRow; details: TraceRowDetails }) {
  return (
    <SpaceBetween size="s">
      {details.subsegmentCount > 0 && (
        <Button iconName="download" href={documentUrl(traceId, row.id)} download={`${row.id}.json`}>
          {`Download with its ${details.subsegmentCount === 1 ? 'subsegment' : `${details.subsegmentCount} subsegments`}`}
        </Button>
      )}
      <JsonText of={details.document} />
    </SpaceBetween>
  );
}
