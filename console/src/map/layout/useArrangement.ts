import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { Arrangement, type Placement } from './arrangement';
import type { Graph } from './layered';

// Who comes back to a map finds its nodes where they stood.
const remembered = new Map<string, Arrangement>();
const rememberedMax = 20;

/** @param name Of the map: another one's nodes stand in places of their own. */
export function useArrangement(name: string, graph: Graph): Placement & { arrangement: Arrangement } {
  const arrangement = arrangementOf(name);
  // Figures change at every moment, names seldom.
  const shape = JSON.stringify(graph);
  const shown = useMemo(() => JSON.parse(shape) as Graph, [shape]);
  useEffect(() => {
    arrangement.show(shown);
  }, [arrangement, shown]);
  return { ...useSyncExternalStore(arrangement.subscribe, arrangement.get), arrangement };
}

function arrangementOf(name: string): Arrangement {
  let found = remembered.get(name);
  if (!found) {
    found = new Arrangement(async (graph) => (await import('./elk')).layOutByElk(graph));
    remembered.set(name, found);
    const [oldest] = remembered.keys();
    if (remembered.size > rememberedMax && oldest !== undefined) remembered.delete(oldest);
  }
  return found;
}
