import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';

/** What to do when there is nothing to see: yet, or with this filter. */
export function NoTraces({ filtered, range }: { filtered: boolean; range: string }) {
  return (
    <Box textAlign="center" padding="l">
      <SpaceBetween size="xs">
        <Box variant="strong">{filtered ? `No trace of ${range} meets the filter` : `No traces in ${range}`}</Box>
        <Box color="inherit">
          {filtered ? (
            'Clear the filter, or look at a longer time.'
          ) : (
            <>
              To get a first one, run <Box variant="code">lambray demo</Box>, or invoke a function whose tracing mode is Active.
              It appears here within seconds.
            </>
          )}
        </Box>
      </SpaceBetween>
    </Box>
  );
}
