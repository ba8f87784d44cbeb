import type { MapEdge, MapNode } from '../../api/types';

/** A node or an edge with all that touches it; null when nothing is looked at. */
export function nearTo(id: string | null, edges: readonly MapEdge[]): ReadonlySet<string> | null {
  if (id === null) return null;
  const near = new Set([id]);
  for (const edge of edges) {
    if (edge.id !== id && edge.source !== id && edge.target !== id) continue;
    near.add(edge.id).add(edge.source).add(edge.target);
  }
  return near;
}

/** Nodes by a part of their names or types; null where nothing is searched for. */
export function foundBy(search: string, nodes: readonly MapNode[]): ReadonlySet<string> | null {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return null;
  return new Set(nodes.filter(({ name, type }) => `${name} ${type ?? ''}`.toLowerCase().includes(wanted)).map(({ id }) => id));
}
