import StatusIndicator from '@cloudscape-design/components/status-indicator';

interface StateLabelProps {
  state: string;
  lastUpdateStatus: string | null;
}

/** How a function is: what it is created as, and how its last update went. */
export function StateLabel({ state, lastUpdateStatus }: StateLabelProps) {
  if (state === 'Pending') return <StatusIndicator type="pending">Being created</StatusIndicator>;
  if (state === 'Failed') return <StatusIndicator type="error">Failed</StatusIndicator>;
  if (lastUpdateStatus === 'InProgress') return <StatusIndicator type="in-progress">Being updated</StatusIndicator>;
  if (lastUpdateStatus === 'Failed') return <StatusIndicator type="warning">Update failed</StatusIndicator>;
  return <StatusIndicator>Active</StatusIndicator>;
}
