import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { isWorthRetrying } from '../api/queries';

interface FailureProps {
  header: string;
  error: Error;
  onRetry: () => void;
}

/** Why something could not be had, and whether the console keeps trying. */
export function Failure({ header, error, onRetry }: FailureProps) {
  return (
    <Alert type="error" header={header} action={<Button onClick={onRetry}>Retry now</Button>}>
      {error.message}{isWorthRetrying(error) && ' Trying again every 5 seconds.'}
    </Alert>
  );
}
