import { useMemo, useSyncExternalStore } from 'react';
import { hrefOf, parseRoute, type Route } from './routes';

/** The route that the address shows now. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(onHashChange, () => window.location.hash);
  return useMemo(() => parseRoute(hash), [hash]);
}

/** Goes there without a step in the history, as for a changed filter. */
export function replaceRoute(route: Route): void {
  window.history.replaceState(null, '', hrefOf(route));
  // replaceState is silent, unlike a click on a link.
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

function onHashChange(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => {
    window.removeEventListener('hashchange', changed);
  };
}
