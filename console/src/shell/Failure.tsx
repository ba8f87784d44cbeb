import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';

interface FailureProps {
  header: string;
  error: Error;
  onRetry: () => void;
}

/** Why something could not be had, and that the console keeps trying. */
export function Failure({ header, error, onRetry }: FailureProps) {
  return (
    <Alert type="error" header={header} action={<Button onClick={onRetry}>Retry now</Button>}>
      {error.message} Trying again every 5 seconds.
    </Alert>
  );
}
