import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { LiveNews, LiveTopic } from './types';

/** `live`: the server tells of every change. Else pages show what they had, and it is asked again and again whether it is back. */
export type LiveState = 'live' | 'connecting' | 'reconnecting';

const url = '/_lambray/api/live';

// Somebody who restarts the server waits for the page; somebody who went home does not.
const retryMilliseconds = [250, 500, 1_000, 2_000, 5_000];

// The server sends something every 15 seconds; a connection that says nothing for longer is dead without knowing.
const silenceMilliseconds = 40_000;

// Queries that are under way when something changes are asked again a little later, not broken off: a slow one would never end.
const busyMilliseconds = 250;

let state: LiveState = 'connecting';
let refresh = (): void => undefined;
const listeners = new Set<() => void>();

export function useLiveState(): LiveState {
  return useSyncExternalStore(subscribe, () => state);
}

/** Asks for all that the page shows anew. */
export function refreshNow(): void {
  refresh();
}

/**
 * Follows what changes on the server, one stream for the tab, and has the queries asked again whose `meta.topics` are touched.
 * A tab that nobody looks at holds no connection: browsers have only six for a server.
 * @returns Ends it.
 */
export function startLive(client: QueryClient): () => void {
  const stale = staleQueries(client);
  let source: EventSource | null = null;
  let attempts = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const close = () => {
    clearTimeout(retry);
    clearTimeout(silence);
    source?.close();
    source = null;
  };
  const fail = () => {
    close();
    tell('reconnecting');
    retry = setTimeout(open, retryMilliseconds[Math.min(attempts++, retryMilliseconds.length - 1)]);
  };
  const listen = () => {
    clearTimeout(silence);
    silence = setTimeout(fail, silenceMilliseconds);
  };
  function open() {
    close();
    source = new EventSource(url);
    // Only its own end is told to us; when to try again is ours to say.
    source.onerror = fail;
    source.onmessage = ({ data }) => {
      listen();
      // Whatever changed while there was no stream, nobody told.
      if (state !== 'live') stale.all();
      attempts = 0;
      tell('live');
      stale.by((JSON.parse(String(data)) as LiveNews).topics);
    };
    listen();
  }
  const look = () => {
    if (document.visibilityState === 'hidden') {
      close();
      tell('connecting');
    } else if (source === null) {
      open();
    }
  };

  refresh = stale.all;
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    document.removeEventListener('visibilitychange', look);
    close();
    stale.end();
  };
}

function staleQueries(client: QueryClient) {
  const waiting = new Set<LiveTopic>();
  let later: ReturnType<typeof setTimeout> | undefined;

  const by = (topics: readonly LiveTopic[]) => {
    topics.forEach((topic) => waiting.add(topic));
    if (waiting.size === 0) return;
    clearTimeout(later);
    const touched = client.getQueryCache().findAll({ predicate: ({ meta }) => meta?.topics?.some((topic) => waiting.has(topic)) ?? false });
    const busy = touched.some((query) => query.state.fetchStatus === 'fetching');
    for (const query of touched) {
      if (query.state.fetchStatus !== 'fetching') void client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    }
    // Those that were idle are asked a second time then, which is cheaper than to keep a list for each.
    if (busy) later = setTimeout(() => { by([]); }, busyMilliseconds);
    else waiting.clear();
  };
  return {
    by,
    all: () => void client.invalidateQueries({}, { cancelRefetch: false }),
    end: () => {
      clearTimeout(later);
    },
  };
}

function tell(next: LiveState): void {
  if (state === next) return;
  state = next;
  listeners.forEach((changed) => {
    changed();
  });
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => {
    listeners.delete(changed);
  };
}
