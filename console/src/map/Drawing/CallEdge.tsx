import { BaseEdge, EdgeLabelRenderer, getBezierPath, type Edge, type EdgeProps } from '@xyflow/react';
import type { MapEdge } from '../../api/types';
import { formatDuration } from '../../units/durations';
import { trafficInWords, worstOf } from './ring';

export type CallEdgeType = Edge<{ edge: MapEdge; ofOneTrace: boolean; dimmed: boolean; labelled: boolean }, 'call'>;

/** Calls from one service to another, with the caller's figures; dashed where two traces meet by a message. */
export function CallEdge({ data, selected, markerEnd, ...ends }: EdgeProps<CallEdgeType>) {
  const [path, labelX, labelY] = getBezierPath(ends);
  if (!data) return null;
  const { edge, ofOneTrace, dimmed, labelled } = data;
  const worst = worstOf(edge.figures);
  const looks = ['map-edge', selected && 'map-edge-selected', dimmed && 'map-dimmed', edge.link && 'map-edge-link', worst && worst !== 'ok' && `status-${worst} map-edge-failing`];
  const average = edge.figures.averageMicroseconds;
  return (
    <>
      <BaseEdge path={path} className={looks.filter(Boolean).join(' ')} interactionWidth={24} {...(markerEnd === undefined ? {} : { markerEnd })} />
      {labelled && average !== null && (
        <EdgeLabelRenderer>
          <div
            className={`map-edge-label${dimmed ? ' map-dimmed' : ''}`}
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
            aria-hidden="true"
          >
            {formatDuration(average)}
            <br />
            {trafficInWords(edge.figures, ofOneTrace)}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
}
