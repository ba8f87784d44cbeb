import { useReactFlow } from '@xyflow/react';
import { useEffect, useRef, type RefObject } from 'react';
import type { MapEdge } from '../../api/types';
import { nearTo } from './near';

/** How the whole is brought into view: as large as it goes, but not larger than life. */
export const fitting = { padding: 0.12, maxZoom: 1.1 } as const;
/** The same before the eyes of somebody who is looking already. */
export const moving = { ...fitting, duration: 200 } as const;

/** A layout that was made anew is seen whole. What was only fitted in leaves the view where it is, and so does the first: the map opens upon that. */
export function useFitAnew(arranged: number): void {
  const flow = useReactFlow();
  const seen = useRef(0);
  useEffect(() => {
    if (seen.current > 0 && arranged > seen.current) requestAnimationFrame(() => void flow.fitView(moving));
    seen.current = arranged;
  }, [arranged, flow]);
}

/** Brings a node into view that was searched for. */
export function useShowFound(id: string | undefined): void {
  const flow = useReactFlow();
  useEffect(() => {
    if (id !== undefined) void flow.fitView({ ...moving, nodes: [{ id }], minZoom: 0.6 });
  }, [id, flow]);
}

/** Keeps what was chosen in view, or else the whole, when a panel or the window leaves the map another width. */
export function useStayInView(field: RefObject<HTMLDivElement | null>, selected: string | null, edges: readonly MapEdge[]): void {
  const flow = useReactFlow();
  const latest = useRef({ selected, edges });
  useEffect(() => {
    latest.current = { selected, edges };
  });
  useEffect(() => {
    const element = field.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    let width = element.clientWidth;
    const observer = new ResizeObserver(() => {
      // A little more or less, as by a scroll bar, is not worth a jump.
      if (Math.abs(element.clientWidth - width) < 40) return;
      width = element.clientWidth;
      const { selected: chosen, edges: all } = latest.current;
      const around = nearTo(chosen, all);
      requestAnimationFrame(() => {
        const { zoom } = flow.getViewport();
        // Names of edges are no names of nodes, which does no harm.
        void flow.fitView(around === null ? moving : { ...moving, nodes: [...around].map((id) => ({ id })), minZoom: 0.4, maxZoom: Math.max(zoom, 0.6) });
      });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [field, flow]);
}
