import Box from '@cloudscape-design/components/box';
import Checkbox from '@cloudscape-design/components/checkbox';
import type { LambdaSampling } from '../api/types';

interface TracingFieldProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** Whether the execution role may write to X-Ray as it is. */
  mayTrace: boolean;
  sampling?: LambdaSampling;
}

/** The checkbox by which Lambda traces what it runs. */
export function TracingField({ checked, onChange, mayTrace, sampling }: TracingFieldProps) {
  return (
    <Checkbox
      checked={checked}
      onChange={({ detail }) => { onChange(detail.checked); }}
      description={
        <>
          Lambda traces {sampling ? `${firstOf(sampling.firstPerMinute)} of each minute and ${Number((sampling.rate * 100).toPrecision(3))} % of the others` : 'a sample of the requests'}
          {' '}that come without a decision of their own.
          {checked && !mayTrace && (
            <Box color="text-status-info" fontSize="body-s">
              The execution role may not write to X-Ray yet. Saving attaches the policy AWSXRayDaemonWriteAccess to it.
            </Box>
          )}
        </>
      }
    >
      Enable active tracing
    </Checkbox>
  );
}

function firstOf(count: number): string {
  return count === 1 ? 'the first request' : `the first ${count} requests`;
}
