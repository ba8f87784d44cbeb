import { layOut, type Graph, type Point, type Positions } from './layered';
import { canFitIn, fitIn } from './stable';

export interface Placement {
  positions: Positions;
  /** Counts each time that the whole was laid out anew. */
  arranged: number;
}

/** Lays a graph out better than we do, and takes its time. */
type CarefulLayout = (graph: Graph) => Promise<Positions>;

/**
 * Where the nodes of one map stand. They stay there while figures change and services come and go, and where somebody has put them.
 * A few services are laid out at once; where edges would cross each other, a better layout follows when it is ready.
 */
export class Arrangement {
  private placement: Placement = { positions: new Map(), arranged: 0 };
  private graph: Graph = { nodes: [], edges: [] };
  private turn = 0;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly layOutWithCare: CarefulLayout) {}

  readonly get = (): Placement => this.placement;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.listeners.add(changed);
    return () => {
      this.listeners.delete(changed);
    };
  };

  /** Finds a place for every node of a graph that has none yet. */
  show(graph: Graph): void {
    this.graph = graph;
    const { positions } = this.placement;
    if (graph.nodes.every((id) => positions.has(id))) return;
    if (canFitIn(graph, positions)) this.place(fitIn(graph, positions));
    else this.arrange();
  }

  move(id: string, to: Point): void {
    this.keep();
    this.place(new Map([[id, to]]));
  }

  /** Does without the better layout that may be on its way: somebody works with what is shown. */
  keep(): void {
    this.turn++;
  }

  /** Lays out anew what is shown. */
  arrange(): void {
    const turn = ++this.turn;
    const { positions, crossings, folded } = layOut(this.graph);
    this.place(positions, 1);
    // With care it would be a layer for a column again.
    if (crossings === 0 || folded) return;
    this.layOutWithCare(this.graph).then(
      (better) => {
        // Another one may have begun meanwhile, or somebody have taken hold of a node.
        if (turn === this.turn) this.place(better, 1);
      },
      (error: unknown) => {
        // What is shown is readable; it only could be better.
        console.warn('The map could not be laid out better', error);
      },
    );
  }

  // Nodes that are not shown at the moment keep their places: another range of time may bring them back.
  private place(positions: Positions, arranged = 0): void {
    this.placement = { positions: new Map([...this.placement.positions, ...positions]), arranged: this.placement.arranged + arranged };
    this.listeners.forEach((changed) => {
      changed();
    });
  }
}
