import type { FunctionChanged } from '../api/types';
import { notify } from '../shell/notices';

/** Says that active tracing widened what the execution role may do. */
export function tellOfPolicy({ attachedPolicy }: FunctionChanged): void {
  if (attachedPolicy === null) return;
  notify({
    type: 'info',
    header: 'A permission was attached to the execution role',
    content: `Active tracing needs to write to X-Ray, so the policy ${attachedPolicy} was attached to the function's role.`,
  });
}
