import { hrefTo } from '../../routing/place';

/** Where two traces are laid over each other. */
export function linkToComparison(traceId: string, otherId: string): string {
  return hrefTo(['traces', traceId, 'compare', otherId]);
}
