import {
  Background,
  Controls,
  ControlButton,
  MarkerType,
  ReactFlow,
  ReactFlowProvider,
  useStore,
  type NodeChange,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useMemo, useRef, useState, type CSSProperties } from 'react';
import type { MapEdge, MapNode } from '../../api/types';
import { useArrangement } from '../layout/useArrangement';
import { CallEdge, type CallEdgeType } from './CallEdge';
import { foundBy, nearTo } from './near';
import { describeNode, ServiceNode, type ServiceNodeType } from './ServiceNode';
import { fitting, moving, useFitAnew, useShowFound, useStayInView } from './view';
import './map.css';

export interface TraceMapProps {
  /** Of this map; another map's nodes stand in places of their own. */
  name: string;
  nodes: readonly MapNode[];
  edges: readonly MapEdge[];
  /** What is drawn is one trace, whose calls are counted; else requests in a minute are told. */
  ofOneTrace?: boolean;
  /** The id of a node or of an edge. */
  selected?: string | null;
  onSelect?: (id: string | null) => void;
  /** Nodes whose names or types hold it stand out. */
  search?: string;
}

interface Size {
  width: number;
  height: number;
}

const nodeTypes = { service: ServiceNode };
const edgeTypes = { call: CallEdge };

// More figures than this beside edges could not be told apart; they are shown of the edges that somebody looks at.
const labelsMax = 25;

/** Services and calls as a graph: to look at, to search, and to choose from by mouse or keyboard. */
export function TraceMap(props: TraceMapProps) {
  return (
    <ReactFlowProvider>
      <Graph {...props} />
    </ReactFlowProvider>
  );
}

function Graph({ name, nodes, edges, ofOneTrace = false, selected = null, onSelect, search = '' }: TraceMapProps) {
  const [hovered, setHovered] = useState<string | null>(null);
  const shape = useMemo(
    () => ({ nodes: nodes.map(({ id }) => id), edges: edges.map(({ source, target }): [string, string] => [source, target]) }),
    [nodes, edges],
  );
  const { positions, arranged, arrangement } = useArrangement(name, shape);
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map());
  const near = useMemo(() => nearTo(hovered ?? selected, edges), [hovered, selected, edges]);
  const found = useMemo(() => foundBy(search, nodes), [search, nodes]);

  const shownNodes = useMemo(
    () =>
      nodes.flatMap((node): ServiceNodeType[] => {
        const position = positions.get(node.id);
        const measured = sizes.get(node.id);
        if (!position) return [];
        return [
          {
            id: node.id,
            type: 'service',
            position,
            // Without its size a node would be hidden, and its edges be gone, until it is measured anew: under the mouse that points at it.
            ...(measured && { measured }),
            data: {
              node,
              ofOneTrace,
              dimmed: (found !== null && !found.has(node.id)) || (near !== null && !near.has(node.id)),
              found: found?.has(node.id) ?? false,
            },
            selected: node.id === selected,
            ariaLabel: describeNode(node, ofOneTrace),
            ariaRole: 'button',
          },
        ];
      }),
    [nodes, positions, sizes, ofOneTrace, found, near, selected],
  );
  const shownEdges = useMemo(
    () =>
      edges.map((edge): CallEdgeType => {
        const isNear = near?.has(edge.id) ?? false;
        return {
          id: edge.id,
          type: 'call',
          source: edge.source,
          target: edge.target,
          data: { edge, ofOneTrace, dimmed: (near !== null && !isNear) || found !== null, labelled: edges.length <= labelsMax || isNear },
          selected: edge.id === selected,
          ariaLabel: `Calls from ${nameOf(edge.source, nodes)} to ${nameOf(edge.target, nodes)}`,
          ariaRole: 'button',
          markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
        };
      }),
    [nodes, edges, ofOneTrace, found, near, selected],
  );

  const field = useRef<HTMLDivElement>(null);
  useFitAnew(arranged);
  useStayInView(field, selected, edges);
  // The first one that is found comes into view.
  useShowFound(found === null ? undefined : nodes.find(({ id }) => found.has(id))?.id);
  const textScale = useStore(({ transform: [, , zoom] }) => scaleOfText(zoom));

  const change = (changes: NodeChange<ServiceNodeType>[]) => {
    const measured = changes.flatMap((one): [string, Size][] => (one.type === 'dimensions' && one.dimensions ? [[one.id, one.dimensions]] : []));
    if (measured.length > 0) setSizes((known) => new Map([...known, ...measured]));
    for (const one of changes) {
      if (one.type === 'position' && one.position) arrangement.move(one.id, one.position);
      if (one.type === 'select' && one.selected) {
        arrangement.keep();
        onSelect?.(one.id);
      }
    }
  };
  return (
    <div
      ref={field}
      onPointerDownCapture={() => {
        arrangement.keep();
      }}
      className={textScale > 1 ? 'map map-far' : 'map'}
      style={{ '--map-text-scale': textScale } as CSSProperties}
    >
      <ReactFlow
        nodes={shownNodes}
        edges={shownEdges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={change}
        onEdgesChange={(changes) => {
          for (const one of changes) if (one.type === 'select' && one.selected) onSelect?.(one.id);
        }}
        onPaneClick={() => onSelect?.(null)}
        onNodeMouseEnter={(_event, { id }) => {
          setHovered(id);
        }}
        onNodeMouseLeave={() => {
          setHovered(null);
        }}
        onEdgeMouseEnter={(_event, { id }) => {
          setHovered(id);
        }}
        onEdgeMouseLeave={() => {
          setHovered(null);
        }}
        nodesConnectable={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        minZoom={0.1}
        maxZoom={2}
        fitView
        fitViewOptions={fitting}
        onlyRenderVisibleElements={nodes.length > 100}
      >
        <Background gap={24} />
        <Controls showInteractive={false} fitViewOptions={moving} aria-label="Zoom">
          <ControlButton
            title="Arrange anew"
            aria-label="Arrange anew"
            onClick={() => {
              arrangement.arrange();
            }}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path className="map-control" d="M3 12h6M9 5h6v4H9zM9 15h6v4H9zM6 12V7h3M6 12v5h3M15 7h5M15 17h5" />
            </svg>
          </ControlButton>
        </Controls>
      </ReactFlow>
    </div>
  );
}

// From afar names are written larger, as far as they do not meet, and figures left out. In steps, as each draws the map anew.
function scaleOfText(zoom: number): number {
  return zoom > 0.7 ? 1 : zoom > 0.5 ? 1.4 : zoom > 0.35 ? 1.9 : 2.5;
}

function nameOf(id: string, nodes: readonly MapNode[]): string {
  return nodes.find((node) => node.id === id)?.name ?? id;
}
