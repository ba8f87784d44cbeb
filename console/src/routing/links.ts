import { hrefTo, type Query } from './place';

/** Where the pages are, for whoever leads to them. */
export const links = {
  map: (query?: Query) => hrefTo(['map'], query),
  /** `filter` is a filter expression, `group` a group's name; the time range is `last`, or `from` and `to`. */
  traces: (query?: Query) => hrefTo(['traces'], query),
  trace: (id: string, row?: string) => hrefTo(['traces', id], { row: row ?? null }),
  function: (name: string) => hrefTo(['functions', name]),
  functionLogs: (name: string, query?: Query) => hrefTo(['functions', name, 'logs'], query),
};
