import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';

/** What to do when there is nothing to see yet. */
export function NoTraces({ minutes }: { minutes: number }) {
  return (
    <Box textAlign="center" padding="l">
      <SpaceBetween size="xs">
        <Box variant="strong">No traces in the last {minutes} minutes</Box>
        <Box color="inherit">
          To get a first one, run <Box variant="code">lambray demo</Box>, or invoke a function whose tracing mode is Active.
          It appears here within seconds.
        </Box>
      </SpaceBetween>
    </Box>
  );
}
