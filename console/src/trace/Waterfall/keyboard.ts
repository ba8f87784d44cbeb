import type { ShownRow } from './folding';

/** What a key asks of the waterfall: to move to a row, to open or fold one, to show its details. */
export type KeyCommand = { verb: 'move'; to: number } | { verb: 'fold' | 'unfold' | 'select'; id: string };

/** The keys of a tree grid, as in the ARIA Authoring Practices; null for any other key. */
export function commandOf(key: string, at: number, shown: ShownRow[], folded: ReadonlySet<string>): KeyCommand | null {
  const current = shown[at];
  if (!current) return null;
  const { row, hasChildren } = current;
  switch (key) {
    case 'ArrowDown':
      return { verb: 'move', to: Math.min(at + 1, shown.length - 1) };
    case 'ArrowUp':
      return { verb: 'move', to: Math.max(at - 1, 0) };
    case 'Home':
      return { verb: 'move', to: 0 };
    case 'End':
      return { verb: 'move', to: shown.length - 1 };
    case 'ArrowRight':
      if (!hasChildren) return null;
      return folded.has(row.id) ? { verb: 'unfold', id: row.id } : { verb: 'move', to: at + 1 };
    case 'ArrowLeft':
      if (hasChildren && !folded.has(row.id)) return { verb: 'fold', id: row.id };
      return { verb: 'move', to: parentOf(at, shown) };
    case 'Enter':
    case ' ':
      return { verb: 'select', id: row.id };
    default:
      return null;
  }
}

function parentOf(at: number, shown: ShownRow[]): number {
  const depth = shown[at]?.row.depth ?? 0;
  const parent = shown.slice(0, at).findLastIndex(({ row }) => row.depth < depth);
  return Math.max(parent, 0);
}
