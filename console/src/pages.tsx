import type { ComponentType } from 'react';
import { onDemand } from './shell/onDemand';

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
  { path: 'map', name: 'Service map', component: onDemand(async () => (await import('./map/MapPage')).MapPage) },
  { path: 'traces', name: 'Traces', component: onDemand(async () => (await import('./traces/TracesPage')).TracesPage) },
  { path: 'traces/:id/compare/:other', component: onDemand(async () => (await import('./trace/compare/ComparePage')).ComparePage) },
  { path: 'traces/:id', component: onDemand(async () => (await import('./trace/TracePage')).TracePage) },
  { path: 'functions', name: 'Functions', component: onDemand(async () => (await import('./functions/FunctionsPage')).FunctionsPage) },
  { path: 'new-function', component: onDemand(async () => (await import('./functions/NewFunctionPage')).NewFunctionPage) },
  { path: 'functions/:name', component: onDemand(async () => (await import('./functions/FunctionPage')).FunctionPage) },
  { path: 'functions/:name/:tab', component: onDemand(async () => (await import('./functions/FunctionPage')).FunctionPage) },
  { path: 'insights', name: 'Insights', component: onDemand(async () => (await import('./insights/InsightsPage')).InsightsPage) },
  { path: 'insights/:id', component: onDemand(async () => (await import('./insights/InsightPage')).InsightPage) },
  { path: 'groups', name: 'Groups', component: onDemand(async () => (await import('./groups/GroupsPage')).GroupsPage) },
  { path: 'sampling-rules', name: 'Sampling rules', component: onDemand(async () => (await import('./sampling/SamplingPage')).SamplingPage) },
  { path: 'settings', name: 'Settings', component: onDemand(async () => (await import('./settings/SettingsPage')).SettingsPage) },
  { path: 'start', component: onDemand(async () => (await import('./start/StartPage')).StartPage) },
  { path: '', component: onDemand(async () => (await import('./start/FirstPage')).FirstPage) },
];

/** Where the console's own address leads, unless there is nothing to look at yet. */
export const firstPage = 'map';

export const navigationPages = pages.flatMap(({ path, name }) => (name === undefined ? [] : [{ path, name }]));
