import type { TimelineRow } from '../../api/types';

/** A row as the waterfall shows it: its descendants follow it directly, one step deeper. */
export interface ShownRow {
  row: TimelineRow;
  /** Where it stands among all rows of the trace, counted from 0. */
  index: number;
  hasChildren: boolean;
}

/** The rows that remain when the descendants of folded rows are hidden. */
export function shownRows(rows: TimelineRow[], folded: ReadonlySet<string>): ShownRow[] {
  const shown: ShownRow[] = [];
  let hiddenBelow = Infinity;
  rows.forEach((row, index) => {
    if (row.depth > hiddenBelow) return;
    const hasChildren = hasChildrenAt(rows, index);
    hiddenBelow = folded.has(row.id) ? row.depth : Infinity;
    shown.push({ row, index, hasChildren });
  });
  return shown;
}

export function withFold(folded: ReadonlySet<string>, id: string, fold: boolean): ReadonlySet<string> {
  const next = new Set(folded);
  if (fold) next.add(id);
  else next.delete(id);
  return next;
}

/** All rows that have children: with these folded, only what came first is left. */
export function everyFold(rows: TimelineRow[]): ReadonlySet<string> {
  return new Set(rows.filter((_, index) => hasChildrenAt(rows, index)).map(({ id }) => id));
}

/** The same folds without those that hide a row. */
export function unfoldedTo(folded: ReadonlySet<string>, rows: TimelineRow[], id: string): ReadonlySet<string> {
  const parents = new Map(rows.map((row) => [row.id, row.parentId]));
  const next = new Set(folded);
  for (let above = parents.get(id); above != null; above = parents.get(above)) next.delete(above);
  return next.size === folded.size ? folded : next;
}

function hasChildrenAt(rows: TimelineRow[], index: number): boolean {
  return (rows[index + 1]?.depth ?? 0) > (rows[index]?.depth ?? 0);
}
