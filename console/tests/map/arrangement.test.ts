import { expect, it, vi } from 'vitest';
import { Arrangement } from '../../src/map/layout/arrangement';
import type { Graph, Point } from '../../src/map/layout/layered';

const pair: Graph = { nodes: ['a', 'b'], edges: [['a', 'b']] };

// Each calls each: there is no layout without crossings.
const tangled: Graph = {
  nodes: ['a', 'b', 'c', 'x', 'y', 'z'],
  edges: ['a', 'b', 'c'].flatMap((from) => ['x', 'y', 'z'].map((to): [string, string] => [from, to])),
};

it('asks for care only where edges cross', () => {
  const care = vi.fn(() => Promise.resolve(new Map<string, Point>()));
  const arrangement = new Arrangement(care);
  arrangement.show(pair);
  expect(care).not.toHaveBeenCalled();
  new Arrangement(care).show(tangled);
  expect(care).toHaveBeenCalledTimes(1);
});

it('keeps its places when nodes go and come back, and when somebody has moved one', () => {
  const arrangement = new Arrangement(() => Promise.resolve(new Map()));
  arrangement.show({ nodes: ['a', 'b', 'c', 'd'], edges: [['a', 'b'], ['a', 'c'], ['a', 'd']] });
  arrangement.move('b', { x: 7, y: 8 });
  const before = arrangement.get().positions;

  arrangement.show(pair);
  arrangement.show({ nodes: ['a', 'b', 'c', 'd'], edges: [['a', 'b'], ['a', 'c'], ['a', 'd']] });

  expect(arrangement.get().positions).toEqual(before);
  expect(arrangement.get().positions.get('b')).toEqual({ x: 7, y: 8 });
  expect(arrangement.get().arranged).toBe(1);
});

it('does not let a late layout undo a newer one', async () => {
  const answers: ((positions: Map<string, Point>) => void)[] = [];
  const arrangement = new Arrangement(() => new Promise((answer) => answers.push(answer)));
  arrangement.show(tangled);
  arrangement.arrange();
  answers[1]?.(new Map([['a', { x: 2, y: 2 }]]));
  answers[0]?.(new Map([['a', { x: 1, y: 1 }]]));
  await Promise.resolve();
  await Promise.resolve();
  expect(arrangement.get().positions.get('a')).toEqual({ x: 2, y: 2 });
});

it('does not move away under the hand of who has taken hold of a node', async () => {
  let answer: ((positions: Map<string, Point>) => void) | undefined;
  const arrangement = new Arrangement(() => new Promise((given) => (answer = given)));
  arrangement.show(tangled);
  const before = arrangement.get().positions;
  arrangement.keep();
  answer?.(new Map([['a', { x: 1, y: 1 }]]));
  await Promise.resolve();
  await Promise.resolve();
  expect(arrangement.get().positions).toEqual(before);
});

it('stays readable when the careful layout fails', async () => {
  const warned = vi.spyOn(console, 'warn').mockReturnValue();
  const arrangement = new Arrangement(() => Promise.reject(new Error('no worker')));
  arrangement.show(tangled);
  await Promise.resolve();
  await Promise.resolve();
  expect(arrangement.get().positions.size).toBe(6);
  expect(warned).toHaveBeenCalledTimes(1);
  warned.mockRestore();
});
