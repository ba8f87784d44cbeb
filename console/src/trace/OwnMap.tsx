import ExpandableSection from '@cloudscape-design/components/expandable-section';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { Suspense } from 'react';
import { useTraceMap } from '../api/useTrace';
import { onDemand } from '../shell/onDemand';
import { createSetting } from '../shell/setting';
import './ownMap.css';

// The layout of graphs is large, and the timeline does not wait for it.
const TraceMap = onDemand(async () => (await import('../map/Drawing/TraceMap')).TraceMap);

const shownSetting = createSetting('trace-map', ['shown', 'hidden']);

/** The services that one trace went through, as the service map draws them. */
export function OwnMap({ traceId }: { traceId: string }) {
  const shown = shownSetting.use() === 'shown';
  return (
    <ExpandableSection
      variant="container"
      headerText="Map of this trace"
      expanded={shown}
      onChange={({ detail }) => {
        shownSetting.set(detail.expanded ? 'shown' : 'hidden');
      }}
    >
      {shown && <Drawing traceId={traceId} />}
    </ExpandableSection>
  );
}

function Drawing({ traceId }: { traceId: string }) {
  const { data, error } = useTraceMap(traceId);
  if (error) return <StatusIndicator type="error">{error.message}</StatusIndicator>;
  if (!data) return <StatusIndicator type="loading">Reading the map</StatusIndicator>;
  return (
    <div className="own-map">
      <Suspense fallback={<StatusIndicator type="loading">Drawing the map</StatusIndicator>}>
        <TraceMap name={`trace ${traceId}`} nodes={data.nodes} edges={data.edges} ofOneTrace />
      </Suspense>
    </div>
  );
}
