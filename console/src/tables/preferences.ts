import { useState } from 'react';

export interface TablePreferences {
  pageSize: number;
  /** Ids of columns. */
  visible: readonly string[];
}

export const pageSizes = [20, 50, 100];

/** How a table is to look; the browser remembers it. */
export function useTablePreferences(id: string, columns: readonly string[]): [TablePreferences, (changed: TablePreferences) => void] {
  const key = `lambray.table.${id}`;
  const [preferences, setPreferences] = useState(() => readPreferences(window.localStorage.getItem(key), columns));
  return [
    preferences,
    (changed) => {
      window.localStorage.setItem(key, JSON.stringify(changed));
      setPreferences(changed);
    },
  ];
}

/** What was remembered, as far as it still makes sense: another version of the console may have written it. */
export function readPreferences(stored: string | null, columns: readonly string[]): TablePreferences {
  const { pageSize, visible } = parse(stored);
  const known = Array.isArray(visible) ? columns.filter((column) => visible.includes(column)) : [];
  return {
    pageSize: pageSizes.find((size) => size === pageSize) ?? 20,
    visible: known.length > 0 ? known : columns,
  };
}

function parse(stored: string | null): { pageSize?: unknown; visible?: unknown } {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
