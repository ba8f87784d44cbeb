import { QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen } from '@testing-library/react';
import { vi } from 'vitest';
import { createQueryClient } from '../src/api/queries';
import { App } from '../src/App';

/** The whole console at an address such as `#/traces`. */
export function openConsole(hash: string) {
  window.location.hash = hash;
  return render(
    <QueryClientProvider client={createQueryClient()}>
      <App />
    </QueryClientProvider>,
  );
}

/** A server that nobody has to sign in to, whose answer to every other request can be changed, and which remembers what it was asked. */
export class FakeServer {
  readonly asked: string[] = [];
  private answer: () => Response = () => new Response(null, { status: 500 });
  private readonly special: [part: string, body: unknown][] = [];

  constructor() {
    vi.stubGlobal('fetch', (path: string) => {
      if (path.endsWith('/session')) return Promise.resolve(Response.json({ isRequired: false, user: null }));
      this.asked.push(path);
      return new Promise<Response>((resolve) => {
        const special = this.special.find(([part]) => path.includes(part));
        resolve(special ? Response.json(special[1]) : this.answer());
      });
    });
  }

  answersWith(body: unknown, status = 200): void {
    this.answer = () => Response.json(body, { status });
  }

  /** Another answer for paths with a certain part. */
  answersAt(part: string, body: unknown): void {
    this.special.unshift([part, body]);
  }

  isDown(): void {
    this.answer = () => {
      throw new TypeError('Failed to fetch');
    };
  }
}

/** Lets time pass for the console, whose clock the test has replaced, and one millisecond for what then happens. */
export async function pass(milliseconds: number): Promise<void> {
  // Pages are loaded when somebody goes there, which takes no time of that clock.
  while (screen.queryByText('Loading the page')) {
    await act(async () => {
      await vi.dynamicImportSettled();
      await vi.advanceTimersByTimeAsync(0);
    });
  }
  await act(() => vi.advanceTimersByTimeAsync(milliseconds + 1));
}
