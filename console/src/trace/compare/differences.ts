import type { ComparedWork } from '../../api/types';

/** How the second trace's work at a place stands to the first's. */
export type Difference = 'added' | 'removed' | 'more' | 'less' | 'status' | 'same';

export function differenceOf({ before, after }: ComparedWork): Difference {
  if (before === null) return 'added';
  if (after === null) return 'removed';
  if (after.count !== before.count) return after.count > before.count ? 'more' : 'less';
  return after.status === before.status ? 'same' : 'status';
}

/** Whether the traces did something else there; how long it took is another at every run. */
export function differs(work: ComparedWork): boolean {
  return differenceOf(work) !== 'same';
}
