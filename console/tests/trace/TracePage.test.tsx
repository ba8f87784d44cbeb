import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { FakeServer, openConsole } from '../console';
import { microseconds, moment, rowsAt, sampleDetails, sampleId, sampleRequest, sampleRow, sampleStart, sampleTrace } from '../samples';

let server: FakeServer;
const user = userEvent.setup();

beforeEach(() => {
  server = new FakeServer();
  server.answersAt('/requests', { requests: [] });
});

async function openTrace(...rows: ReturnType<typeof sampleRow>[]) {
  server.answersWith(sampleTrace({ rows }));
  openConsole(`#/traces/${sampleId}`);
  return within(await screen.findByRole('treegrid'));
}

const namesIn = (waterfall: Awaited<ReturnType<typeof openTrace>>) =>
  waterfall.getAllByRole('row').slice(1).map((row: HTMLElement) => row.querySelector('.waterfall-text')?.textContent);

it('draws each bar where the row stands in time', async () => {
  const late = { startOffset: microseconds(250), duration: microseconds(500) };
  const waterfall = await openTrace(sampleRow(), sampleRow({ id: 'late', depth: 1, ...late }));
  const bar = waterfall.getAllByRole('row')[2]?.querySelector<HTMLElement>('.waterfall-bar');
  expect(bar?.style.getPropertyValue('--left')).toBe('25%');
  expect(bar?.style.getPropertyValue('--width')).toBe('50%');
});

it('folds and unfolds a row', async () => {
  const waterfall = await openTrace(...rowsAt(['a', 0], ['b', 1], ['c', 0]));
  await user.click(waterfall.getByRole('button', { name: 'Collapse a' }));
  expect(namesIn(waterfall)).toEqual(['a', 'c']);
  await user.click(waterfall.getByRole('button', { name: 'Expand a' }));
  expect(namesIn(waterfall)).toEqual(['a', 'b', 'c']);
});

it('is used by keyboard alone', async () => {
  server.answersAt('/rows/', sampleDetails());
  const waterfall = await openTrace(...rowsAt(['a', 0], ['b', 1], ['c', 2], ['d', 0]));
  screen.getByRole('treegrid').focus();
  await user.keyboard('{ArrowDown}{ArrowLeft}');
  expect(namesIn(waterfall)).toEqual(['a', 'b', 'd']);
  await user.keyboard('{ArrowLeft}{End}{Enter}');
  expect(waterfall.getAllByRole('row', { selected: true })[0]).toHaveProperty('textContent', expect.stringContaining('d'));
  expect(screen.getByRole('treegrid').getAttribute('aria-activedescendant')).toBe('row-d');
  expect(window.location.hash).toContain('row=d');
});

it('draws only the rows in view of a trace of thousands', async () => {
  const waterfall = await openTrace(...Array.from({ length: 10_000 }, (_, at) => sampleRow({ id: `r${at}`, name: `row ${at}`, depth: at === 0 ? 0 : 1 })));
  expect(namesIn(waterfall).length).toBeLessThan(100);
  expect(screen.getByRole('treegrid').getAttribute('aria-rowcount')).toBe('10001');
});

it('finds rows by what the server finds and opens what hides them', async () => {
  server.answersAt('/rows/', sampleDetails());
  server.answersAt('/matches', { rowIds: ['c'] });
  const rows = rowsAt(['a', 0], ['b', 1], ['c', 2], ['d', 0]).map((row) => ({ ...row, parentId: row.id === 'b' ? 'a' : row.id === 'c' ? 'b' : null }));
  const waterfall = await openTrace(...rows);
  await user.click(screen.getByRole('button', { name: 'Collapse all' }));
  expect(namesIn(waterfall)).toEqual(['a', 'd']);
  await user.type(screen.getByRole('searchbox', { name: 'Find in this trace' }), 'x');
  expect(await screen.findByText('1 row')).toBeTruthy();
  await user.keyboard('{Enter}');
  expect(namesIn(waterfall)).toEqual(['a', 'b', 'c', 'd']);
  expect(window.location.hash).toContain('row=c');
});

it('zooms into a part of the time, which the address keeps', async () => {
  const waterfall = await openTrace(sampleRow(), sampleRow({ id: 'late', startOffset: microseconds(250), duration: microseconds(500) }));
  await user.click(screen.getByRole('button', { name: 'Zoom in' }));
  expect(window.location.hash).toContain('zoom=250-750');
  const bar = waterfall.getAllByRole('row')[2]?.querySelector<HTMLElement>('.waterfall-bar');
  expect([bar?.style.getPropertyValue('--left'), bar?.style.getPropertyValue('--width')]).toEqual(['0%', '100%']);
  await user.click(screen.getByRole('button', { name: 'Whole trace' }));
  expect(window.location.hash).not.toContain('zoom');
});

it('lets work in progress grow by the clock of the server', async () => {
  server.answersWith(sampleTrace({
    grows: true, now: moment(sampleStart + 2_000_000), duration: microseconds(1_000_000),
    rows: [sampleRow({ duration: null, status: 'inProgress' }), sampleRow({ id: 'done', duration: microseconds(1_000_000) })],
  }));
  openConsole(`#/traces/${sampleId}`);
  const done = within(await screen.findByRole('treegrid')).getAllByRole('row')[2]?.querySelector<HTMLElement>('.waterfall-bar');
  await vi.waitFor(() => {
    expect(parseFloat(done?.style.getPropertyValue('--width') ?? '')).toBeLessThan(51);
  });
});

it('marks the parts of Lambda and the critical path', async () => {
  const rows = [sampleRow({ id: 'a' }), sampleRow({ id: 'b', name: 'Initialization', depth: 1, lambdaPart: 'initialization' })];
  server.answersWith(sampleTrace({ rows, criticalPath: [{ row: 1, startOffset: microseconds(100), duration: microseconds(200) }] }));
  openConsole(`#/traces/${sampleId}`);
  const waterfall = within(await screen.findByRole('treegrid'));
  expect(waterfall.getByText('cold start')).toBeTruthy();
  const stretches = () => waterfall.getAllByRole('row').map((row: HTMLElement) => row.querySelectorAll('.waterfall-critical').length);
  expect(stretches()).toEqual([0, 0, 1]);
  await user.click(screen.getByRole('checkbox', { name: 'Critical path' }));
  expect(stretches()).toEqual([0, 0, 0]);
});

it('shows the details of a chosen row', async () => {
  server.answersAt('/rows/', sampleDetails({ annotations: { customer: 7 }, cause: { exceptions: [{ type: 'NoSuchKey', message: 'It is gone' }] } }));
  const waterfall = await openTrace(sampleRow());
  await user.click(waterfall.getByText('put-object'));
  await user.click(await screen.findByRole('tab', { name: 'Annotations' }));
  expect(screen.getByText('customer')).toBeTruthy();
  await user.click(screen.getByRole('tab', { name: 'Exceptions' }));
  expect(screen.getByText('It is gone')).toBeTruthy();
});

it('leads from an exception that was passed on to the row that has it', async () => {
  server.answersAt('/rows/', { ...sampleDetails({ cause: '60a39bd7cd780b1e' }), causeRowId: 'b' });
  const waterfall = await openTrace(...rowsAt(['a', 0], ['b', 1]));
  await user.click(waterfall.getByText('a'));
  await user.click(await screen.findByRole('tab', { name: 'Exceptions' }));
  await user.click(screen.getByText('Go to the row that has it'));
  expect(window.location.hash).toContain('row=b');
});

it('shows markup from a trace as the text that it is', async () => {
  const markup = '<img src=x onerror="window.broken = true">';
  server.answersAt('/rows/', sampleDetails({
    http: { request: { url: markup } },
    sql: { sanitized_query: markup },
    aws: { [markup]: markup },
    annotations: { [markup]: markup },
    metadata: { [markup]: { [markup]: markup } },
    cause: { exceptions: [{ type: markup, message: markup, stack: [{ label: markup, path: markup, line: markup }] }] },
  }));
  const waterfall = await openTrace(sampleRow({ name: markup, origin: markup }));
  await user.click(waterfall.getAllByText(markup)[0] ?? expect.fail('the name is not shown'));
  await screen.findByRole('tab', { name: 'Metadata' });
  const details = within(screen.getByRole('tablist', { name: `Details of ${markup}` }));
  for (const tab of details.getAllByRole('tab')) {
    await user.click(tab);
    expect(screen.getByRole('tabpanel', { name: tab.textContent }).textContent).toContain('<img src=x onerror=');
  }
  expect(window.document.querySelector('img[src=x]')).toBeNull();
});

it('says why a function cannot be invoked with the same event again', async () => {
  server.answersAt('/requests', { requests: [sampleRequest()] });
  await openTrace(sampleRow());
  const button = await screen.findByRole('button', { name: /Invoke again/ });
  expect(button.getAttribute('aria-disabled')).toBe('true');
  await user.hover(button);
  expect((await screen.findAllByText(/The event was not kept/)).length).toBeGreaterThan(0);
});

it('invokes with the same event once it was shown, and goes to the new trace', async () => {
  const other = '1-6b038d90-d05b8a0df7ec5432892c7340';
  server.answersAt('/requests', { requests: [sampleRequest({ event: { payload: '{"order":7}', isAsynchronous: false } })] });
  server.answersAt('/again', { traceId: other, requestId: 'r', isAsynchronous: false, functionError: null, payload: '{}' });
  await openTrace(sampleRow());
  await user.click(await screen.findByRole('button', { name: /Invoke again/ }));
  expect(screen.getByText(/"order": 7/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Invoke' }));
  expect(await screen.findByText('put-object was invoked again')).toBeTruthy();
  expect(window.location.hash).toContain(other);
});

it('shows what the functions logged', async () => {
  server.answersAt('/requests', {
    requests: [sampleRequest({ lines: [{ id: '1', time: sampleStart, stream: 's', message: 'hello <b>world</b>' }], lineCount: 1 })],
  });
  await openTrace(sampleRow());
  await user.click(screen.getByRole('tab', { name: 'Log lines' }));
  expect(await screen.findByText('hello <b>world</b>')).toBeTruthy();
});

it('says what the server says about an unknown trace', async () => {
  server.answersWith({ message: 'There is no such trace.' }, 404);
  openConsole(`#/traces/${sampleId}`);
  expect(await screen.findByText(/There is no such trace\./)).toBeTruthy();
});
