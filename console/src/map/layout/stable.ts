import { columnPixels, rowPixels, type Graph, type Point, type Positions } from './layered';

/** Whether so little is new that it can be fitted in; else the whole is better laid out anew. */
export function canFitIn(graph: Graph, known: Positions): boolean {
  const strangers = graph.nodes.filter((id) => !known.has(id)).length;
  return strangers === 0 || strangers * 2 <= graph.nodes.length - strangers;
}

/** Leaves every node where it was, and puts a new one beside those that it calls or is called by, where there is room. */
export function fitIn(graph: Graph, known: Positions): Map<string, Point> {
  const positions = new Map<string, Point>();
  for (const id of graph.nodes) {
    const place = known.get(id);
    if (place) positions.set(id, place);
  }
  for (const id of graph.nodes) if (!positions.has(id)) positions.set(id, freePlace(wantedPlace(id, graph, positions), positions));
  return positions;
}

function wantedPlace(id: string, { edges }: Graph, positions: Positions): Point {
  const callers = edges.filter(([, to]) => to === id).flatMap(([from]) => positions.get(from) ?? []);
  const callees = edges.filter(([from]) => from === id).flatMap(([, to]) => positions.get(to) ?? []);
  const lowest = Math.max(-rowPixels, ...[...positions.values()].map(({ y }) => y));
  if (callers.length > 0) return { x: Math.max(...callers.map(({ x }) => x)) + columnPixels, y: middleOf(callers) };
  if (callees.length > 0) return { x: Math.min(...callees.map(({ x }) => x)) - columnPixels, y: middleOf(callees) };
  return { x: 0, y: lowest + rowPixels };
}

/** The nearest place above or below at which nothing stands. */
function freePlace(wanted: Point, positions: Positions): Point {
  const taken = [...positions.values()].filter(({ x }) => Math.abs(x - wanted.x) < columnPixels * 0.8);
  for (let step = 0; ; step++) {
    for (const y of [wanted.y + step * rowPixels, wanted.y - step * rowPixels])
      if (taken.every((other) => Math.abs(other.y - y) >= rowPixels * 0.9)) return { x: wanted.x, y };
  }
}

function middleOf(points: readonly Point[]): number {
  return points.reduce((sum, { y }) => sum + y, 0) / points.length;
}
