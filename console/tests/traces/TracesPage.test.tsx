import { fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeServer, openConsole, pass } from '../console';
import { sampleId, sampleItem } from '../samples';

let server: FakeServer;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
});

afterEach(() => {
  vi.useRealTimers();
});

it('lists the traces with a link to each', async () => {
  server.answersWith({ traces: [sampleItem({ status: 'fault', httpStatus: 500 })] });
  openConsole('#/traces');
  await pass(0);
  expect(screen.getByRole('link', { name: sampleId }).getAttribute('href')).toBe(`#/traces/${sampleId}`);
  expect(screen.getByText('Fault (500)')).toBeTruthy();
  expect(screen.getByText('34.6 ms')).toBeTruthy();
});

it('asks for the range that the address names', async () => {
  server.answersWith({ traces: [] });
  openConsole('#/traces?last=5');
  await pass(0);
  expect(server.asked).toEqual(['/_lambray/api/traces?minutes=5&limit=100']);
});

it('tells how to get a first trace', async () => {
  server.answersWith({ traces: [] });
  openConsole('#/traces');
  await pass(0);
  expect(screen.getByText('lambray demo')).toBeTruthy();
});

it('says that the server is away, keeps what it has, and recovers by itself', async () => {
  server.answersWith({ traces: [sampleItem()] });
  openConsole('#/traces');
  await pass(0);

  server.isDown();
  fireEvent.click(screen.getByRole('button', { name: 'Refresh' }));
  await pass(0);
  expect(screen.getByText(/does not answer/)).toBeTruthy();
  expect(screen.getByRole('link', { name: sampleId })).toBeTruthy();

  server.answersWith({ traces: [] });
  await pass(5_000);
  expect(screen.queryByText(/does not answer/)).toBeNull();
  expect(screen.queryByRole('link', { name: sampleId })).toBeNull();
});

it('recovers from a server that was away from the start', async () => {
  server.isDown();
  openConsole('#/traces');
  await pass(0);
  expect(screen.getByText(/does not answer/)).toBeTruthy();

  server.answersWith({ traces: [sampleItem()] });
  await pass(5_000);
  expect(screen.getByRole('link', { name: sampleId })).toBeTruthy();
});

it('takes an answer that is not JSON for a failure', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('<html>', { status: 502 })));
  openConsole('#/traces');
  await pass(0);
  expect(screen.getByText(/The server answered 502\./)).toBeTruthy();
});
