import Alert from '@cloudscape-design/components/alert';
import { failureBeside } from './faults';

/** Why a form was refused, as far as no field of it says so itself. */
export function FormFailure({ error, members = [] }: { error: Error | null; members?: readonly string[] }) {
  const failure = failureBeside(error, members);
  return failure === undefined ? null : <Alert type="error">{failure}</Alert>;
}
