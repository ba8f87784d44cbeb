import { useEffect, useRef, useState, type CSSProperties, type PointerEvent } from 'react';
import type { Microseconds, TraceTimeline } from '../../api/types';
import { barOf, stretchOf, windowWithin, type TimeWindow } from './timeScale';

interface MinimapProps {
  trace: TraceTimeline;
  axis: Microseconds;
  window: TimeWindow;
  onZoom: (window: TimeWindow) => void;
}

const height = 56;

// A shorter drag is a click that shook.
const shortestDragPixels = 4;

/** The whole trace in a strip, a line for each row, with the part that is shown; dragging over it shows another part. */
export function Minimap({ trace, axis, window, onZoom }: MinimapProps) {
  const strip = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const canvas = useDrawing(trace, axis);
  const timeAt = ({ clientX }: PointerEvent) => {
    const { left, width } = strip.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    return (Math.min(Math.max(clientX - left, 0), width) / width) * axis;
  };
  const whole = window.from === 0 && window.to === axis;
  const shown = drag ? windowWithin(drag.from, drag.to, axis) : window;
  const { left, width } = stretchOf(shown.from, shown.to - shown.from, { from: 0 as Microseconds, to: axis });
  return (
    // Who does not point zooms with the buttons and keys above it.
    <div
      ref={strip}
      className="minimap"
      aria-hidden
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ from: timeAt(event), to: timeAt(event) });
      }}
      onPointerMove={(event) => {
        if (drag) setDrag({ ...drag, to: timeAt(event) });
      }}
      onPointerUp={() => {
        if (!drag) return;
        setDrag(null);
        const pixels = (Math.abs(drag.to - drag.from) / axis) * (strip.current?.clientWidth ?? 0);
        if (pixels >= shortestDragPixels) onZoom(windowWithin(drag.from, drag.to, axis));
      }}
      onDoubleClick={() => {
        onZoom(windowWithin(0, axis, axis));
      }}
    >
      <canvas ref={canvas} />
      {(drag ?? !whole) && <div className="minimap-window" style={{ '--left': `${left}%`, '--width': `${width}%` } as CSSProperties} />}
    </div>
  );
}

// One canvas, whatever the number of rows: ten thousand elements would be slow to lay out.
function useDrawing(trace: TraceTimeline, axis: Microseconds) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const draw = () => {
      drawRows(element, trace, axis);
    };
    draw();
    window.addEventListener('resize', draw);
    return () => {
      window.removeEventListener('resize', draw);
    };
  }, [trace, axis]);
  return canvas;
}

function drawRows(canvas: HTMLCanvasElement, trace: TraceTimeline, axis: Microseconds): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const width = canvas.clientWidth;
  const scale = window.devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.scale(scale, scale);
  const styles = getComputedStyle(canvas);
  const colors = new Map<string, string>();
  const line = Math.max(height / Math.max(trace.rows.length, 1), 1);
  trace.rows.forEach((row, index) => {
    const { left, width: share } = barOf(row, axis, { from: 0 as Microseconds, to: axis });
    const color = colors.get(row.status) ?? styles.getPropertyValue(`--status-${row.status}`);
    colors.set(row.status, color);
    context.fillStyle = color;
    context.fillRect((left / 100) * width, (index / trace.rows.length) * height, Math.max((share / 100) * width, 1), Math.min(line * 0.8, 4));
  });
}
