import { queryOf, rangeOf } from '../range/range';
import type { Query } from '../routing/place';

/** The columns that a list of traces can be ordered by, as the server calls them. */
export const orders = ['startTime', 'entryPoint', 'method', 'url', 'httpStatus', 'responseTime', 'duration'] as const;
export type Order = (typeof orders)[number];

/** What the address of a page of traces asks for. */
export interface Question {
  filter?: string;
  group?: string;
  last?: number;
  from?: string;
  to?: string;
}

export function questionOf(query: URLSearchParams): Question {
  const [filter, group] = [query.get('filter'), query.get('group')];
  return { ...queryOf(rangeOf(query)), ...(filter ? { filter } : {}), ...(group ? { group } : {}) };
}

/** The newest first, unless the address says otherwise. */
export function orderOf(query: URLSearchParams): { order: Order; descending: boolean } {
  const order = orders.find((known) => known === query.get('order')) ?? 'startTime';
  return { order, descending: query.get('direction') !== 'up' };
}

export function orderQuery(order: Order, descending: boolean): Query {
  return { order: order === 'startTime' ? null : order, direction: descending ? null : 'up' };
}

/** The traces that both expressions let through. */
export function narrowed(filter: string | null | undefined, by: string): string {
  return filter ? `(${filter}) AND ${by}` : by;
}
