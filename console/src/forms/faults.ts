import { RequestFailure } from '../api/request';

/** What the server says of one field; AWS spells members as `memorySize` or `FixedRate`. */
export function faultOf(error: Error | null, member: string): string | undefined {
  if (!(error instanceof RequestFailure)) return undefined;
  const faults = error.members.filter((fault) => isSame(fault.member, member)).map((fault) => plain(fault.constraint));
  return faults.length > 0 ? faults.join('; ') : undefined;
}

/** What is wrong beside the fields that a form has. */
export function failureBeside(error: Error | null, members: readonly string[]): string | undefined {
  if (error === null) return undefined;
  if (!(error instanceof RequestFailure) || error.members.length === 0) return error.message;
  return error.members.every((fault) => members.some((member) => isSame(fault.member, member))) ? undefined : error.message;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

// "Member must have value less than or equal to 900" is for programmers.
function plain(constraint: string): string {
  return constraint.replace(/^Member must/, 'It must').replace(/^Map (keys|value) must/, 'Each must');
}
