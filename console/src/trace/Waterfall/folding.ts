import type { TimelineRow } from '../../api/types';

/** A row as the waterfall shows it: its descendants follow it directly, one step deeper. */
export interface ShownRow {
  row: TimelineRow;
  hasChildren: boolean;
}

/** The rows that remain when the descendants of folded rows are hidden. */
export function shownRows(rows: TimelineRow[], folded: ReadonlySet<string>): ShownRow[] {
  const shown: ShownRow[] = [];
  let hiddenBelow = Infinity;
  rows.forEach((row, index) => {
    if (row.depth > hiddenBelow) return;
    const hasChildren = (rows[index + 1]?.depth ?? 0) > row.depth;
    hiddenBelow = folded.has(row.id) ? row.depth : Infinity;
    shown.push({ row, hasChildren });
  });
  return shown;
}

export function withFold(folded: ReadonlySet<string>, id: string, fold: boolean): ReadonlySet<string> {
  const next = new Set(folded);
  if (fold) next.add(id);
  else next.delete(id);
  return next;
}
