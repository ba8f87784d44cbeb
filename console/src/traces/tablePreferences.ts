import type { CollectionPreferencesProps } from '@cloudscape-design/components/collection-preferences';

/** What a viewer wants of the table: which columns in which order, and how many rows. */
export interface TablePreferences {
  columns: readonly CollectionPreferencesProps.ContentDisplayItem[];
  pageSize: number;
}

const storageKey = 'lambray.traces-table';

export const pageSizes = [20, 50, 100, 200] as const;

/** What the browser remembers; columns that came later stand at the end, hidden or not as they are for everybody. */
export function storedPreferences(known: TablePreferences): TablePreferences {
  const stored = parse(window.localStorage.getItem(storageKey));
  const columns = (stored.columns ?? []).filter(({ id }) => known.columns.some((column) => column.id === id));
  return {
    columns: [...columns, ...known.columns.filter(({ id }) => !columns.some((column) => column.id === id))],
    pageSize: pageSizes.find((size) => size === stored.pageSize) ?? known.pageSize,
  };
}

export function storePreferences(preferences: TablePreferences): void {
  window.localStorage.setItem(storageKey, JSON.stringify(preferences));
}

// Whatever lies there, of whichever version.
function parse(text: string | null): Partial<TablePreferences> {
  try {
    const stored: unknown = JSON.parse(text ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    const { columns, pageSize } = stored as Record<string, unknown>;
    return {
      ...(Array.isArray(columns) ? { columns: columns.filter(isColumn) } : {}),
      ...(typeof pageSize === 'number' ? { pageSize } : {}),
    };
  } catch {
    return {};
  }
}

function isColumn(value: unknown): value is CollectionPreferencesProps.ContentDisplayItem {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'visible' in value && typeof value.visible === 'boolean';
}
