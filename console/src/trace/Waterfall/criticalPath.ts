import type { CriticalStretch } from '../../api/types';

/** The stretches of the critical path by the rows that they are of. */
export function stretchesByRow(path: readonly CriticalStretch[]): ReadonlyMap<number, readonly CriticalStretch[]> {
  const byRow = new Map<number, CriticalStretch[]>();
  for (const stretch of path) {
    const known = byRow.get(stretch.row);
    if (known) known.push(stretch);
    else byRow.set(stretch.row, [stretch]);
  }
  return byRow;
}
