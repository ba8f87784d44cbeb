import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { againIfLost } from '../../src/api/again';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

it('does once more what was lost, after a moment', async () => {
  const attempt = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new TypeError('dropped')).mockResolvedValue('here');
  const outcome = againIfLost(attempt);
  await vi.advanceTimersByTimeAsync(200);
  expect(attempt).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(await outcome).toBe('here');
});

it('gives up what is lost again, and does not repeat what failed otherwise', async () => {
  const lost = vi.fn(() => Promise.reject(new TypeError('dropped')));
  const outcome = expect(againIfLost(lost)).rejects.toThrow('dropped');
  await vi.advanceTimersByTimeAsync(300);
  await outcome;
  expect(lost).toHaveBeenCalledTimes(2);

  const refused = vi.fn(() => Promise.reject(new Error('refused')));
  await expect(againIfLost(refused, (error) => error instanceof TypeError)).rejects.toThrow('refused');
  expect(refused).toHaveBeenCalledTimes(1);
});
