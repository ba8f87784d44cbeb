import type { FunctionChanged } from '../api/types';
import { notify } from '../shell/notices';

/** Says what was done, and what beside it: active tracing may have widened what the execution role may do. */
export function tellOfChange(done: string, { attachedPolicy, createdRole }: FunctionChanged): void {
  const made = createdRole === null ? '' : `Its execution role is ${createdRole}. `;
  if (attachedPolicy === null) {
    notify({ type: 'success', header: done, content: made });
    return;
  }
  notify({
    type: 'info',
    header: `${done}, and a permission was attached to the execution role`,
    content: `${made}Active tracing needs to write to X-Ray, so the role was given the policy ${attachedPolicy}.`,
  });
}
