import {
  Background,
  Controls,
  ControlButton,
  MarkerType,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  type NodeChange,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useEffect, useMemo, useRef, useState, type CSSProperties, type RefObject } from 'react';
import type { MapEdge, MapNode } from '../../api/types';
import { useArrangement } from '../layout/useArrangement';
import { CallEdge, type CallEdgeType } from './CallEdge';
import { describeNode, ServiceNode, type ServiceNodeType } from './ServiceNode';
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

const nodeTypes = { service: ServiceNode };
const edgeTypes = { call: CallEdge };

// More figures than this beside edges could not be told apart; they are shown of the edges that somebody looks at.
const labelsMax = 25;
const fitting = { padding: 0.12, maxZoom: 1.1, duration: 200 } as const;

/** Services and calls as a graph: to look at, to search, and to choose from by mouse or keyboard. */
export function TraceMap(props: TraceMapProps) {
  return (
    <ReactFlowProvider>
      <Graph {...props} />
    </ReactFlowProvider>
  );
}

function Graph({ name, nodes, edges, ofOneTrace = false, selected = null, onSelect, search = '' }: TraceMapProps) {
  const flow = useReactFlow();
  const [hovered, setHovered] = useState<string | null>(null);
  const shape = useMemo(
    () => ({ nodes: nodes.map(({ id }) => id), edges: edges.map(({ source, target }): [string, string] => [source, target]) }),
    [nodes, edges],
  );
  const { positions, arranged, arrangement } = useArrangement(name, shape);
  const near = useMemo(() => nearTo(hovered ?? selected, edges), [hovered, selected, edges]);
  const found = useMemo(() => foundBy(search, nodes), [search, nodes]);

  const shownNodes = nodes.flatMap((node): ServiceNodeType[] => {
    const position = positions.get(node.id);
    if (!position) return [];
    return [
      {
        id: node.id,
        type: 'service',
        position,
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
  });
  const shownEdges = edges.map((edge): CallEdgeType => {
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
  });

  // A layout that was made anew is seen whole. What was only fitted in leaves the view where it is.
  useEffect(() => {
    if (arranged > 0) requestAnimationFrame(() => void flow.fitView(fitting));
  }, [arranged, flow]);
  const field = useRef<HTMLDivElement>(null);
  useStayInView(field, selected, edges);
  const textScale = useStore(({ transform: [, , zoom] }) => scaleOfText(zoom));
  // The first one that is found comes into view.
  const first = found === null ? undefined : nodes.find(({ id }) => found.has(id))?.id;
  useEffect(() => {
    if (first !== undefined) void flow.fitView({ ...fitting, nodes: [{ id: first }], minZoom: 0.6 });
  }, [first, flow]);

  const change = (changes: NodeChange<ServiceNodeType>[]) => {
    for (const one of changes) {
      if (one.type === 'position' && one.position) arrangement.move(one.id, one.position);
      if (one.type === 'select' && one.selected) onSelect?.(one.id);
    }
  };
  return (
    <div ref={field} className={textScale > 1 ? 'map map-far' : 'map'} style={{ '--map-text-scale': textScale } as CSSProperties}>
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
        <Controls showInteractive={false} fitViewOptions={fitting} aria-label="Zoom">
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

/** Keeps what was chosen in view, or else the whole, when a panel or the window leaves the map another width. */
function useStayInView(field: RefObject<HTMLDivElement | null>, selected: string | null, edges: readonly MapEdge[]): void {
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
        void flow.fitView(around === null ? fitting : { ...fitting, nodes: [...around].map((id) => ({ id })), minZoom: 0.4, maxZoom: Math.max(zoom, 0.6) });
      });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [field, flow]);
}

// From afar names are written larger, as far as they do not meet, and figures left out. In steps, as each draws the map anew.
function scaleOfText(zoom: number): number {
  return zoom > 0.7 ? 1 : zoom > 0.5 ? 1.4 : zoom > 0.35 ? 1.9 : 2.5;
}

/** A node or an edge with all that touches it; null when nothing is looked at. */
function nearTo(id: string | null, edges: readonly MapEdge[]): ReadonlySet<string> | null {
  if (id === null) return null;
  const near = new Set([id]);
  for (const edge of edges) {
    if (edge.id !== id && edge.source !== id && edge.target !== id) continue;
    near.add(edge.id).add(edge.source).add(edge.target);
  }
  return near;
}

/** Null where nothing is searched for. */
function foundBy(search: string, nodes: readonly MapNode[]): ReadonlySet<string> | null {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return null;
  return new Set(nodes.filter(({ name, type }) => `${name} ${type ?? ''}`.toLowerCase().includes(wanted)).map(({ id }) => id));
}

function nameOf(id: string, nodes: readonly MapNode[]): string {
  return nodes.find((node) => node.id === id)?.name ?? id;
}
