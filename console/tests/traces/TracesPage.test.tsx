import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeServer, openConsole, pass } from '../console';
import { sampleId, sampleItem, sampleStatistics } from '../samples';

let server: FakeServer;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  server.answersAt('/filters/', { groups: [], mistake: null, suggestions: [], start: 0, end: 0 });
  server.answersAt('/traces/statistics', sampleStatistics());
});

afterEach(() => {
  vi.useRealTimers();
});

const listOf = (...items: ReturnType<typeof sampleItem>[]) => ({ traces: items, next: null, isWhole: true });

// A heading that sorts stands beside one that resizes, under the same name.
function sortBy(column: string) {
  fireEvent.click(document.querySelector(`[data-focus-id="sorting-control-${column}"]`) ?? expect.fail(`no column ${column}`));
}

const listsAsked = () => server.asked.filter((path) => path.includes('/api/traces?'));

it('lists the traces with a link to each', async () => {
  server.answersWith(listOf(sampleItem({ status: 'fault', httpStatus: 500, annotations: [{ key: 'tier', value: 'gold' }] })));
  openConsole('#/traces');
  await pass(0);
  expect(screen.getByRole('link', { name: sampleId }).getAttribute('href')).toBe(`#/traces/${sampleId}`);
  expect(screen.getByText('Fault (500)')).toBeTruthy();
  expect(screen.getByText('tier: gold')).toBeTruthy();
  expect(within(screen.getByRole('table', { name: 'Traces' })).getByText('32.1 ms')).toBeTruthy();
});

it('asks for what the address names', async () => {
  server.answersWith(listOf());
  openConsole('#/traces?last=5&filter=fault&group=shop&order=url&direction=up');
  await pass(0);
  const asked = new URLSearchParams(listsAsked()[0]?.split('?')[1]);
  expect(Object.fromEntries(asked)).toEqual({ last: '5', filter: 'fault', group: 'shop', order: 'url', descending: 'false', limit: '50' });
  expect(server.asked.some((path) => path.includes('/traces/statistics?') && path.includes('filter=fault') && path.includes('by=url'))).toBe(true);
});

it('tells how to get a first trace', async () => {
  server.answersAt('/traces/statistics', sampleStatistics({ count: 0, bins: [], percentiles: null, points: [], breakdown: [] }));
  server.answersWith(listOf());
  openConsole('#/traces');
  await pass(0);
  expect(screen.getByText('lambray demo')).toBeTruthy();
});

it('goes through pages by where the page before ended', async () => {
  server.answersWith({ ...listOf(sampleItem()), next: 'mark-2' });
  openConsole('#/traces');
  await pass(0);
  fireEvent.click(screen.getByRole('button', { name: 'Next page' }));
  await pass(0);
  expect(listsAsked().at(-1)).toContain('after=mark-2');
  fireEvent.click(screen.getByRole('button', { name: 'Previous page' }));
  await pass(0);
  expect(screen.getByRole('button', { name: 'Page 1' }).getAttribute('aria-current')).toBe('true');
});

it('orders by a column, which the address keeps', async () => {
  server.answersWith(listOf(sampleItem()));
  openConsole('#/traces');
  await pass(0);
  sortBy('response-time');
  await pass(0);
  expect(window.location.hash).toContain('order=responseTime');
  expect(listsAsked().at(-1)).toContain('order=responseTime');
});

it('narrows the filter to a kind of the breakdown and to a part of the response times', async () => {
  server.answersWith(listOf(sampleItem()));
  openConsole('#/traces?filter=ok');
  await pass(0);
  fireEvent.click(screen.getByText('https://shop/'));
  await pass(0);
  expect(new URLSearchParams(window.location.hash.split('?')[1]).get('filter')).toBe('(ok) AND http.url = "https://shop/"');
  fireEvent.click(screen.getByRole('button', { name: /^p95/ }));
  await pass(0);
  expect(new URLSearchParams(window.location.hash.split('?')[1]).get('filter')).toContain('AND responsetime >= 0.034567');
});

it('says that the server is away, and recovers when asked', async () => {
  server.answersWith(listOf(sampleItem()));
  openConsole('#/traces');
  await pass(0);

  server.isDown();
  sortBy('time');
  await pass(300);
  expect(screen.getAllByText(/does not answer/).length).toBeGreaterThan(0);

  server.answersWith(listOf(sampleItem()));
  screen.getAllByRole('button', { name: 'Retry now' }).forEach((button) => fireEvent.click(button));
  await pass(0);
  expect(screen.queryByText(/does not answer/)).toBeNull();
  expect(screen.getByRole('link', { name: sampleId })).toBeTruthy();
});

it('takes an answer that is not JSON for a failure', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('<html>', { status: 502 })));
  openConsole('#/traces');
  await pass(0);
  expect(screen.getAllByText(/The server answered 502\./).length).toBeGreaterThan(0);
});
