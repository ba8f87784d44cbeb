import { lazy, type ComponentType } from 'react';

/** What a page is given: the values of the names in its path, and the query of the address. */
export interface PageProps {
  params: Record<string, string>;
  query: URLSearchParams;
}

interface PageEntry {
  /** Of the address's fragment; `:name` stands for any one part. */
  path: string;
  /** As the navigation calls it; a page without a name is reached from others. */
  name?: string;
  component: ComponentType<PageProps>;
}

/** All pages, in the order of the navigation. Each is loaded when somebody goes there. */
export const pages: readonly PageEntry[] = [
  { path: 'traces', name: 'Traces', component: lazy(async () => ({ default: (await import('./traces/TracesPage')).TracesPage })) },
  { path: 'traces/:id/compare/:other', component: lazy(async () => ({ default: (await import('./trace/compare/ComparePage')).ComparePage })) },
  { path: 'traces/:id', component: lazy(async () => ({ default: (await import('./trace/TracePage')).TracePage })) },
];

/** Where the console's own address leads. */
export const firstPage = 'traces';

export const navigationPages = pages.flatMap(({ path, name }) => (name === undefined ? [] : [{ path, name }]));
