import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import type { MapNode } from '../../api/types';
import { formatDuration } from '../../units/durations';
import { kindOf } from './kinds';
import { arcsOf, outcomes, shareInWords, totalOf, trafficInWords } from './ring';

export type ServiceNodeType = Node<{ node: MapNode; ofOneTrace: boolean; dimmed: boolean; found: boolean }, 'service'>;

// The circle's radius in the field of the drawing, and with it its length.
const radius = 29;
const length = 2 * Math.PI * radius;

/** A service as a ring of its outcomes around its sign, with name, type and figures beneath. */
export function ServiceNode({ data: { node, ofOneTrace, dimmed, found }, selected }: NodeProps<ServiceNodeType>) {
  const { name, icon } = kindOf(node.type);
  const looks = ['map-node', selected && 'map-node-selected', dimmed && 'map-dimmed', found && 'map-node-found', node.inferred && 'map-node-inferred'];
  return (
    <div className={looks.filter(Boolean).join(' ')}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <svg className="map-ring" viewBox="0 0 72 72" aria-hidden="true">
        <circle className="map-ring-ground" cx="36" cy="36" r={radius} />
        {arcsOf(node.figures).map(({ outcome, from, share }) => (
          <circle
            key={outcome}
            className={`map-arc status-${outcome}`}
            cx="36"
            cy="36"
            r={radius}
            strokeDasharray={`${share * length} ${length}`}
            transform={`rotate(${from * 360 - 90} 36 36)`}
          />
        ))}
        <g className="map-icon" transform="translate(20 20) scale(1.333)">{icon}</g>
      </svg>
      <Handle type="source" position={Position.Right} isConnectable={false} />
      {/* Spaces between lines, which say that words end there: a browser draws none. */}
      <div className="map-name" title={node.name}>{node.name}</div>{' '}
      <div className="map-type" title={node.type ?? ''}>{name}</div>{' '}
      {node.figures.averageMicroseconds !== null && (
        <div className="map-figures">
          {formatDuration(node.figures.averageMicroseconds)} · {trafficInWords(node.figures, ofOneTrace)}
        </div>
      )}
    </div>
  );
}

/** The same in words, for who cannot see it: what is written first, as who speaks to the page says what he reads, and then the ring. */
export function describeNode(node: MapNode, ofOneTrace: boolean): string {
  const { averageMicroseconds: average } = node.figures;
  const shares = outcomes.filter((outcome) => node.figures[outcome] > 0).map((outcome) => `${shareInWords(node.figures, outcome)} ${outcome}`);
  const written = `${node.name} ${kindOf(node.type).name}`;
  return average === null ? written : [`${written} ${formatDuration(average)} · ${trafficInWords(node.figures, ofOneTrace)}`, `${totalOf(node.figures)} requests`, ...shares].join(', ');
}
