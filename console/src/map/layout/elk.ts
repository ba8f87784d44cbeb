import ELK from 'elkjs/lib/elk-api.js';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';
import { columnPixels, rowPixels, type Graph, type Point } from './layered';

// What a node takes of the room that it is given; the rest lies between nodes.
const nodeWidth = 150;
const nodeHeight = 120;

let elk: InstanceType<typeof ELK> | undefined;

/** Lays a graph out by the Eclipse Layout Kernel, which takes time and care over crossings. It works beside the page, and is loaded when first needed. */
export async function layOutByElk({ nodes, edges }: Graph): Promise<Map<string, Point>> {
  elk ??= new ELK({ workerUrl });
  const laidOut = await elk.layout({
    id: 'map',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.layered.spacing.nodeNodeBetweenLayers': String(columnPixels - nodeWidth),
      'elk.spacing.nodeNode': String(rowPixels - nodeHeight),
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
      'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
    },
    children: nodes.map((id) => ({ id, width: nodeWidth, height: nodeHeight })),
    edges: edges.map(([from, to], index) => ({ id: String(index), sources: [from], targets: [to] })),
  });
  return new Map((laidOut.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }]));
}
