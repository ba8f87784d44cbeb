import StatusIndicator from '@cloudscape-design/components/status-indicator';

/** While the parts of a page are on their way. */
export function LoadingPage() {
  return (
    <div className="loading-page">
      <StatusIndicator type="loading">Loading the page</StatusIndicator>
    </div>
  );
}
