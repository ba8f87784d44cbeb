import { useMemo, useSyncExternalStore } from 'react';
import { hrefTo, parsePlace, type Place, type Query } from './place';

/** The place that the address shows now. */
export function usePlace(): Place {
  const hash = useSyncExternalStore(onHashChange, () => window.location.hash);
  return useMemo(() => parsePlace(hash), [hash]);
}

/** Goes to a link of the console, which the back button leads back from. */
export function go(href: string): void {
  window.location.hash = href;
}

/** Goes there without a step in the history, as while somebody still types. */
export function replaceWith(href: string): void {
  window.history.replaceState(null, '', href);
  // replaceState is silent, unlike a click on a link.
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

/** The same page with other query parameters; one without a value goes. */
export function withQuery(place: Place, changed: Query): string {
  return hrefTo(place.path, { ...Object.fromEntries(place.query), ...changed });
}

function onHashChange(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => {
    window.removeEventListener('hashchange', changed);
  };
}
