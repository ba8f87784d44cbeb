import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { FakeServer, openConsole } from '../console';
import { microseconds, rowsAt, sampleId, sampleRow, sampleTrace } from '../samples';

let server: FakeServer;
const user = userEvent.setup();

beforeEach(() => {
  server = new FakeServer();
});

async function openTrace(...rows: ReturnType<typeof sampleRow>[]) {
  server.answersWith(sampleTrace({ rows }));
  openConsole(`#/traces/${sampleId}`);
  return within(await screen.findByRole('treegrid'));
}

const namesIn = (waterfall: Awaited<ReturnType<typeof openTrace>>) =>
  waterfall.getAllByRole('row').slice(1).map((row: HTMLElement) => row.querySelector('.waterfall-text')?.textContent);

it('draws each bar where the row stands in time', async () => {
  const late = { startOffsetMicroseconds: microseconds(250), durationMicroseconds: microseconds(500) };
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
  const waterfall = await openTrace(...rowsAt(['a', 0], ['b', 1], ['c', 2], ['d', 0]));
  waterfall.getAllByRole('row')[1]?.focus();
  await user.keyboard('{ArrowDown}{ArrowLeft}');
  expect(namesIn(waterfall)).toEqual(['a', 'b', 'd']);
  await user.keyboard('{ArrowLeft}{End}{Enter}');
  expect(waterfall.getAllByRole('row', { selected: true })[0]).toHaveProperty('textContent', expect.stringContaining('d'));
});

it('shows the details of a chosen row', async () => {
  const document = { annotations: { customer: 7 }, cause: { exceptions: [{ type: 'NoSuchKey', message: 'It is gone' }] } };
  const waterfall = await openTrace(sampleRow({ document }));
  await user.click(waterfall.getByText('put-object'));
  await user.click(screen.getByRole('tab', { name: 'Annotations' }));
  expect(screen.getByText('customer')).toBeTruthy();
  await user.click(screen.getByRole('tab', { name: 'Exceptions' }));
  expect(screen.getByText('It is gone')).toBeTruthy();
});

it('shows markup from a trace as the text that it is', async () => {
  const markup = '<img src=x onerror="window.broken = true">';
  const document = {
    http: { request: { url: markup } },
    annotations: { [markup]: markup },
    metadata: { [markup]: { [markup]: markup } },
    cause: { exceptions: [{ type: markup, message: markup, stack: [{ label: markup, path: markup, line: markup }] }] },
  };
  const waterfall = await openTrace(sampleRow({ name: markup, origin: markup, document }));
  await user.click(waterfall.getAllByText(markup)[0] ?? expect.fail('the name is not shown'));
  for (const tab of screen.getAllByRole('tab')) {
    await user.click(tab);
    expect(screen.getByRole('tabpanel', { name: tab.textContent }).textContent).toContain('<img src=x onerror=');
  }
  expect(window.document.querySelector('img[src=x]')).toBeNull();
});

it('says what the server says about an unknown trace', async () => {
  server.answersWith({ message: 'There is no such trace.' }, 404);
  openConsole(`#/traces/${sampleId}`);
  expect(await screen.findByText(/There is no such trace\./)).toBeTruthy();
});
