/** A graph to lay out: nodes in the order in which requests meet them, and who calls whom. */
export interface Graph {
  nodes: readonly string[];
  edges: readonly (readonly [from: string, to: string])[];
}

export interface Point {
  x: number;
  y: number;
}

export type Positions = ReadonlyMap<string, Point>;

/** Between the corners of one node and the next: to the right for whom it calls, downwards within a layer. */
export const columnPixels = 250;
export const rowPixels = 150;

const sweeps = 8;

const leastRows = 6;

export interface Laid {
  positions: Map<string, Point>;
  /** Pairs of edges. */
  crossings: number;
  /** Some layer was too long for one column. */
  folded: boolean;
}

/**
 * Lays a graph out in layers from left to right: callers before those whom they call, few crossings, short edges.
 * A layer of very many takes several columns side by side, or the whole would be a thin strip that nobody could read.
 */
export function layOut(graph: Graph): Laid {
  const edges = withoutCycles(graph);
  const ordered = order(withBends(graph.nodes, edges, ranksOf(graph.nodes, edges)));
  const known = new Set(graph.nodes);
  const rowsMax = Math.max(leastRows, Math.ceil(Math.sqrt(graph.nodes.length)));
  const columns = ordered.layers.map((layer) => Math.ceil(layer.filter((id) => known.has(id)).length / rowsMax));
  const rows = align(ordered, columns);
  const positions = new Map<string, Point>();
  let column = 0;
  ordered.layers.forEach((layer, rank) => {
    const width = Math.max(1, columns[rank] ?? 1);
    layer
      .filter((id) => known.has(id))
      .forEach((id, index) => positions.set(id, { x: (column + (index % width)) * columnPixels, y: Math.round(rows.get(id) ?? 0) }));
    column += width;
  });
  return { positions, crossings: ordered.crossings, folded: columns.some((count) => count > 1) };
}

type Edges = readonly (readonly [from: string, to: string])[];

/** Turns round the edges that lead back to where a walk has come from. */
function withoutCycles({ nodes, edges }: Graph): Edges {
  const callees = groupBy(edges, ([from]) => from);
  const state = new Map<string, 'on the way' | 'done'>();
  const kept: [string, string][] = [];
  for (const start of nodes) {
    // A walk with a stack of its own: a chain of services may be deeper than the engine's.
    const way: { id: string; next: number }[] = [];
    const enter = (id: string) => {
      state.set(id, 'on the way');
      way.push({ id, next: 0 });
    };
    if (!state.has(start)) enter(start);
    for (let top = way.at(-1); top; top = way.at(-1)) {
      const edge = callees.get(top.id)?.[top.next++];
      if (!edge) {
        state.set(top.id, 'done');
        way.pop();
        continue;
      }
      const [from, to] = edge;
      if (from === to) continue;
      kept.push(state.get(to) === 'on the way' ? [to, from] : [from, to]);
      if (!state.has(to)) enter(to);
    }
  }
  return kept;
}

/** The layer of each node: one behind the last of its callers. */
function ranksOf(nodes: readonly string[], edges: Edges): Map<string, number> {
  const ranks = new Map(nodes.map((id) => [id, 0]));
  const callers = new Map(nodes.map((id) => [id, 0]));
  for (const [, to] of edges) callers.set(to, (callers.get(to) ?? 0) + 1);
  const callees = groupBy(edges, ([from]) => from);
  const ready = nodes.filter((id) => callers.get(id) === 0);
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    for (const [, to] of callees.get(id) ?? []) {
      ranks.set(to, Math.max(ranks.get(to) ?? 0, (ranks.get(id) ?? 0) + 1));
      const waiting = (callers.get(to) ?? 0) - 1;
      callers.set(to, waiting);
      if (waiting === 0) ready.push(to);
    }
  }
  return ranks;
}

interface Layers {
  layers: string[][];
  /** Between neighbouring layers only. */
  edges: [string, string][];
}

/** Gives an edge over several layers a bend in each, so that it takes part in the order. */
function withBends(nodes: readonly string[], edges: Edges, ranks: ReadonlyMap<string, number>): Layers {
  const layers: string[][] = [];
  const put = (id: string, rank: number) => (layers[rank] ??= []).push(id);
  for (const id of nodes) put(id, ranks.get(id) ?? 0);
  const short: [string, string][] = [];
  edges.forEach(([from, to], index) => {
    let last = from;
    for (let rank = (ranks.get(from) ?? 0) + 1; rank < (ranks.get(to) ?? 0); rank++) {
      // No service has such a name.
      const bend = `\0${index}\0${rank}`;
      put(bend, rank);
      short.push([last, bend]);
      last = bend;
    }
    short.push([last, to]);
  });
  return { layers: layers.map((layer) => layer), edges: short };
}

interface Ordered extends Layers {
  crossings: number;
}

/** Sorts each layer by where its neighbours stand, to and fro, and keeps the best that was seen. */
function order({ layers, edges }: Layers): Ordered {
  const callees = groupBy(edges, ([from]) => from);
  const callers = groupBy(edges, ([, to]) => to);
  let current = layers.map((layer) => [...layer]);
  let best = { layers: current, edges, crossings: crossingsIn(current, callees) };
  for (let sweep = 0; sweep < sweeps && best.crossings > 0; sweep++) {
    const forth = sweep % 2 === 0;
    const places = new Map<string, number>();
    const sorted = current.map((layer) => [...layer]);
    const ranks = [...sorted.keys()];
    for (const rank of forth ? ranks : ranks.reverse()) {
      const layer = sorted[rank] ?? [];
      const neighbours = (id: string) => (forth ? callers.get(id)?.map(([from]) => from) : callees.get(id)?.map(([, to]) => to)) ?? [];
      const wanted = new Map(layer.map((id, index) => [id, mean(neighbours(id).flatMap((other) => places.get(other) ?? [])) ?? index]));
      layer.sort((one, other) => (wanted.get(one) ?? 0) - (wanted.get(other) ?? 0));
      layer.forEach((id, index) => places.set(id, index));
    }
    current = sorted;
    const crossings = crossingsIn(current, callees);
    if (crossings < best.crossings) best = { layers: current, edges, crossings };
  }
  return best;
}

function crossingsIn(layers: readonly (readonly string[])[], callees: ReadonlyMap<string, readonly (readonly [string, string])[]>): number {
  let crossings = 0;
  layers.forEach((layer, rank) => {
    const places = new Map((layers[rank + 1] ?? []).map((id, index) => [id, index]));
    const ends = layer.flatMap((id) => (callees.get(id) ?? []).map(([, to]) => places.get(to) ?? 0).sort((one, other) => one - other));
    for (let index = 0; index < ends.length; index++)
      for (let later = index + 1; later < ends.length; later++) if ((ends[index] ?? 0) > (ends[later] ?? 0)) crossings++;
  });
  return crossings;
}

/** Rows in pixels: each node as near to its neighbours as those above and below let it. */
function align({ layers, edges }: Layers, columns: readonly number[]): Map<string, number> {
  const callees = groupBy(edges, ([from]) => from);
  const callers = groupBy(edges, ([, to]) => to);
  const rows = new Map<string, number>();
  layers.forEach((layer, rank) => {
    const room = rowPixels / Math.max(1, columns[rank] ?? 1);
    layer.forEach((id, index) => rows.set(id, (index - (layer.length - 1) / 2) * room));
  });
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const ranks = [...layers.keys()];
    for (const rank of sweep % 2 === 0 ? ranks : ranks.reverse()) {
      const layer = layers[rank] ?? [];
      const wanted = layer.map((id) => {
        const neighbours = [...(callers.get(id) ?? []).map(([from]) => from), ...(callees.get(id) ?? []).map(([, to]) => to)];
        return mean(neighbours.flatMap((other) => rows.get(other) ?? [])) ?? rows.get(id) ?? 0;
      });
      spread(layer, wanted, rowPixels / Math.max(1, columns[rank] ?? 1)).forEach((row, index) => rows.set(layer[index] ?? '', row));
    }
  }
  return rows;
}

/** As wanted, but with the room that each needs: from above and from below, and in the middle of the two. */
function spread(layer: readonly string[], wanted: readonly number[], each: number): number[] {
  // Bends are lines, which may lie close together. In a folded layer those above and below stand in other columns.
  const room = (index: number) => (layer[index]?.startsWith('\0') || layer[index - 1]?.startsWith('\0') ? each / 3 : each);
  const down: number[] = [];
  wanted.forEach((row, index) => down.push(index === 0 ? row : Math.max(row, (down[index - 1] ?? 0) + room(index))));
  const up: number[] = [];
  for (let index = wanted.length - 1; index >= 0; index--) {
    const below = up[index + 1];
    up[index] = below === undefined ? (wanted[index] ?? 0) : Math.min(wanted[index] ?? 0, below - room(index + 1));
  }
  return wanted.map((_, index) => ((down[index] ?? 0) + (up[index] ?? 0)) / 2);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function mean(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
