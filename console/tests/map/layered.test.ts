import { describe, expect, it } from 'vitest';
import { columnPixels, layOut, rowPixels, type Graph } from '../../src/map/layout/layered';
import { canFitIn, fitIn } from '../../src/map/layout/stable';

/** A graph of one-letter services: `a>b b>c`. */
function graphOf(calls: string): Graph {
  const edges = calls.split(' ').map((call): [string, string] => [call[0] ?? '', call[2] ?? '']);
  return { nodes: [...new Set(edges.flat())], edges };
}

function place(graph: Graph) {
  const { positions } = layOut(graph);
  return (id: string) => {
    const found = positions.get(id);
    if (!found) throw new Error(`${id} has no place.`);
    return found;
  };
}

/** Sixty services, each of which calls the next three. */
const sixty: Graph = {
  nodes: Array.from({ length: 60 }, (_, index) => `s${index}`),
  edges: Array.from({ length: 57 }, (_, index) => [1, 2, 3].map((step): [string, string] => [`s${index}`, `s${index * 3 + step}`]))
    .flat()
    .filter(([, to]) => Number(to.slice(1)) < 60),
};

describe('a layout', () => {
  it('puts callers left of those whom they call, also over several layers', () => {
    const at = place(graphOf('a>b b>c a>c c>d'));
    expect(at('a').x).toBeLessThan(at('b').x);
    expect(at('b').x).toBeLessThan(at('c').x);
    expect(at('c').x).toBeLessThan(at('d').x);
  });

  it('has an end where services call in a circle or themselves', () => {
    const at = place(graphOf('a>b b>c c>a c>c'));
    expect(new Set(['a', 'b', 'c'].map((id) => at(id).x)).size).toBe(3);
  });

  it('uncrosses what can be uncrossed', () => {
    expect(layOut(graphOf('a>y b>x c>z a>x b>z')).crossings).toBeLessThanOrEqual(1);
    expect(layOut(graphOf('a>y b>x')).crossings).toBe(0);
  });

  it('puts a caller in the middle of those whom it calls', () => {
    const at = place(graphOf('a>b a>c a>d'));
    expect(at('a').y).toBeCloseTo(at('c').y, 0);
  });

  it('is the same each time', () => {
    expect(layOut(sixty)).toEqual(layOut(sixty));
  });

  it('lets no two nodes meet', () => {
    const places = [...layOut(sixty).positions.values()];
    expect(places).toHaveLength(60);
    for (const [index, one] of places.entries())
      for (const other of places.slice(index + 1)) expect(Math.abs(one.x - other.x) >= columnPixels || Math.abs(one.y - other.y) >= rowPixels * 0.99).toBe(true);
  });

  it('folds layers of many, so that sixty services are no strip', () => {
    const places = [...layOut(sixty).positions.values()];
    const height = Math.max(...places.map(({ y }) => y)) - Math.min(...places.map(({ y }) => y));
    const width = Math.max(...places.map(({ x }) => x));
    expect(width / height).toBeGreaterThan(1);
    expect(width / height).toBeLessThan(5);
  });

  it('takes a chain of ten thousand', () => {
    const nodes = Array.from({ length: 10_000 }, (_, index) => String(index));
    const edges = nodes.slice(1).map((id, index): [string, string] => [String(index), id]);
    expect(layOut({ nodes, edges }).positions.get('9999')?.x).toBe(9_999 * columnPixels);
  });
});

describe('a new service', () => {
  const before = graphOf('a>b a>c');
  const known = layOut(before).positions;

  it('leaves all others where they were', () => {
    const after = graphOf('a>b a>c c>d');
    expect(canFitIn(after, known)).toBe(true);
    const positions = fitIn(after, known);
    for (const id of before.nodes) expect(positions.get(id)).toEqual(known.get(id));
    expect(positions.get('d')?.x).toBe((known.get('c')?.x ?? 0) + columnPixels);
  });

  it('takes a place where nothing stands', () => {
    const positions = fitIn(graphOf('a>b a>c a>d z>b'), known);
    const places = [...positions.values()].map(({ x, y }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('has the whole laid out anew when most are new', () => {
    expect(canFitIn(graphOf('a>b b>x x>y y>z'), known)).toBe(false);
    expect(canFitIn(before, new Map())).toBe(false);
  });
});
