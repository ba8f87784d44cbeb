import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startLive } from '../../src/api/live';
import type { LiveTopic } from '../../src/api/types';

/** A stream whose server is the test. */
class FakeSource {
  static opened: FakeSource[] = [];
  static get last(): FakeSource {
    const last = FakeSource.opened.at(-1);
    if (!last) throw new Error('No stream was opened.');
    return last;
  }
  onerror: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  closed = false;
  constructor(readonly url: string) {
    FakeSource.opened.push(this);
  }
  tells(...topics: LiveTopic[]) {
    this.onmessage?.({ data: JSON.stringify({ topics }) });
  }
  close() {
    this.closed = true;
  }
}

let client: QueryClient;
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.opened = [];
  vi.stubGlobal('EventSource', FakeSource);
  client = new QueryClient();
});

afterEach(() => {
  end();
  client.clear();
  vi.useRealTimers();
});

/** A page that shows something about these topics, and how often it has asked. */
async function shownAbout(topics: LiveTopic[], answer: () => Promise<unknown> = () => Promise.resolve(1)) {
  const ask = vi.fn(answer);
  new QueryObserver(client, { queryKey: topics, queryFn: ask, staleTime: Infinity, meta: { topics } }).subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(0);
  return ask;
}

it('has asked anew for what changed, and for nothing else', async () => {
  const traces = await shownAbout(['traces']);
  const functions = await shownAbout(['functions']);
  end = startLive(client);
  FakeSource.last.tells();
  await vi.advanceTimersByTimeAsync(0);
  traces.mockClear();
  functions.mockClear();

  FakeSource.last.tells('traces', 'logs');
  await vi.advanceTimersByTimeAsync(0);

  expect(traces).toHaveBeenCalledTimes(1);
  expect(functions).not.toHaveBeenCalled();
});

it('lets a slow answer arrive and then asks again', async () => {
  end = startLive(client);
  FakeSource.last.tells();
  const slow = await shownAbout(['traces'], () => new Promise((answered) => setTimeout(answered, 1_000, 1)));

  FakeSource.last.tells('traces');
  FakeSource.last.tells('traces');
  await vi.advanceTimersByTimeAsync(900);
  expect(slow).toHaveBeenCalledTimes(1);

  await vi.advanceTimersByTimeAsync(500);
  expect(slow).toHaveBeenCalledTimes(2);
});

it('tries again ever more slowly, and asks for everything when the server is back', async () => {
  const traces = await shownAbout(['traces']);
  end = startLive(client);
  FakeSource.last.tells();
  await vi.advanceTimersByTimeAsync(0);
  traces.mockClear();

  for (const milliseconds of [250, 500, 1_000, 2_000, 5_000, 5_000]) {
    const before = FakeSource.opened.length;
    FakeSource.last.onerror?.();
    await vi.advanceTimersByTimeAsync(milliseconds - 1);
    expect(FakeSource.opened.length).toBe(before);
    await vi.advanceTimersByTimeAsync(1);
    expect(FakeSource.opened.length).toBe(before + 1);
  }
  FakeSource.last.tells();
  await vi.advanceTimersByTimeAsync(0);

  expect(traces).toHaveBeenCalledTimes(1);
});

it('takes a long silence for a dead connection', async () => {
  end = startLive(client);
  FakeSource.last.tells();

  await vi.advanceTimersByTimeAsync(41_000);

  expect(FakeSource.opened[0]?.closed).toBe(true);
  expect(FakeSource.opened.length).toBe(2);
});

it('holds no connection while nobody looks', () => {
  end = startLive(client);
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  expect(FakeSource.last.closed).toBe(true);

  visibility.mockReturnValue('visible');
  document.dispatchEvent(new Event('visibilitychange'));
  expect(FakeSource.opened.length).toBe(2);
  visibility.mockRestore();
});
