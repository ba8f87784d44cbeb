import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { EpochMicroseconds } from '../api/types';

/** Whether an insight goes on. */
export function InsightStateLabel({ ended }: { ended: EpochMicroseconds | null }) {
  return ended === null ? <StatusIndicator type="error">Active</StatusIndicator> : <StatusIndicator type="stopped">Closed</StatusIndicator>;
}
