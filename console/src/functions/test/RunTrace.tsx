import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTrace } from '../../api/useTrace';
import { links } from '../../routing/links';
import { go } from '../../routing/usePlace';
import { PlainWaterfall } from '../../trace/PlainWaterfall';

/** The waterfall of a test's trace; a row leads to the whole trace. */
export function RunTrace({ id }: { id: string }) {
  const { data: trace } = useTrace(id);
  // Segments come a moment after the answer.
  if (!trace) return <Box padding="m"><StatusIndicator type="loading">The trace is on its way</StatusIndicator></Box>;
  return <PlainWaterfall trace={trace} onSelect={(row) => { go(`${links.trace(id)}?row=${row}`); }} />;
}
