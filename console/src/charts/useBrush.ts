import { useRef, useState, type PointerEvent } from 'react';

/** Parts of a strip that are drawn over, in either direction. */
interface Drag {
  one: number;
  other: number;
}

/**
 * Drawing with the mouse over a strip of equal parts, such as the bars of a chart.
 * @param onEnd Told the first and the last part when the mouse is let go.
 */
export function useBrush<Strip extends Element>(count: number, onEnd: (first: number, last: number) => void) {
  const strip = useRef<Strip>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const partAt = ({ clientX }: PointerEvent) => {
    const { left, width } = strip.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    return Math.min(Math.max(Math.floor(((clientX - left) / (width || 1)) * count), 0), count - 1);
  };
  const brushed = drag && { first: Math.min(drag.one, drag.other), last: Math.max(drag.one, drag.other) };
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ one: partAt(event), other: partAt(event) });
    },
    onPointerMove: (event: PointerEvent) => {
      if (drag) setDrag({ ...drag, other: partAt(event) });
    },
    onPointerUp: () => {
      setDrag(null);
      if (brushed) onEnd(brushed.first, brushed.last);
    },
    onPointerCancel: () => {
      setDrag(null);
    },
  };
  return { strip, brushed, handlers };
}
