import { screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeServer, openConsole, pass } from '../console';

let server: FakeServer;

const greeter = {
  name: 'greeter', description: '', runtime: 'nodejs22.x', state: 'Active', lastUpdateStatus: 'Successful', memorySize: 256, timeout: 30, codeSize: 446,
  lastModified: 1_795_450_203_130_045, activeTracing: true, environments: 2, invocations: 7, errors: 1, throttles: 0,
};

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
});

afterEach(() => {
  vi.useRealTimers();
});

it('lists functions with a link to each', async () => {
  server.answersWith({ functions: [greeter], isWhole: true });
  openConsole('#/functions');
  await pass(0);
  expect(screen.getByRole('link', { name: 'greeter' }).getAttribute('href')).toBe('#/functions/greeter');
  expect(screen.getByRole('heading', { name: /Functions/ }).textContent).toContain('(1)');
});

it('tells how to get a first function', async () => {
  server.answersWith({ functions: [], isWhole: true });
  openConsole('#/functions');
  await pass(0);
  expect(screen.getByText('There is no function yet')).toBeTruthy();
});

it('says that it could not be read, and recovers', async () => {
  server.isDown();
  openConsole('#/functions');
  await pass(300);
  expect(screen.getByText(/does not answer/)).toBeTruthy();

  server.answersWith({ functions: [greeter], isWhole: true });
  await pass(5_000);
  expect(screen.getByRole('link', { name: 'greeter' })).toBeTruthy();
});

it('says that there is no such function', async () => {
  server.answersWith({ code: 'ResourceNotFoundException', message: 'Function not found: gone', members: [] }, 404);
  openConsole('#/functions/gone');
  await pass(0);
  expect(screen.getByText('There is no such function')).toBeTruthy();
});

it('shows the start page at the address of a server that has nothing', async () => {
  server.answersWith({ hasFunctions: false, hasTraces: false });
  openConsole('#/');
  await pass(0);
  expect(screen.getByRole('button', { name: 'Create and trace a sample' })).toBeTruthy();
});
