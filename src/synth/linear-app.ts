import { ApiObject, App, Chart, DependencyGraph } from 'cdk8s';
import type { IConstruct } from 'constructs';

/**
 * An `App` that synthesises in linear time, and is the same in everything else: files, names, bytes and error texts.
 *
 * The stock `App` validates and resolves the whole tree again for every chart, and its topological sort follows every
 * path, so ordered layers of charts take exponential time (see `bench/synth.ts`).
 */
export class LinearApp extends App {
  /** All charts, each after those it depends on. */
  public override get charts(): Chart[] {
    return topology(this).filter((construct): construct is Chart => Chart.isChart(construct));
  }

  public override synth(): void {
    this.withCheapCharts(() => super.synth());
  }

  public override synthYaml(): string {
    return this.withCheapCharts(() => super.synthYaml());
  }

  /** `Chart.toJson()` validates and resolves the whole app; while the app itself synthesises, once is enough. */
  private withCheapCharts<T>(body: () => T): T {
    const charts = this.node.findAll().filter((construct): construct is Chart => Chart.isChart(construct) && construct.toJson === Chart.prototype.toJson);
    for (const chart of charts) {
      chart.toJson = () => objectsOf(chart).map((object) => object.toJson() as unknown);
    }
    try {
      return body();
    } finally {
      for (const chart of charts) {
        delete (chart as Partial<Chart>).toJson;
      }
    }
  }
}

/** The API objects of one chart (not of charts nested in it), each after those it depends on. */
export function objectsOf(chart: Chart): ApiObject[] {
  return topology(chart).filter((construct): construct is ApiObject => ApiObject.isApiObject(construct) && Chart.of(construct) === chart);
}

interface Vertex {
  readonly construct: IConstruct;
  readonly needs: Set<Vertex>;
  needed: boolean;
  state: 'new' | 'open' | 'done';
}

/** The order of `new DependencyGraph(root.node).topology()`, with every vertex visited once. */
function topology(root: IConstruct): IConstruct[] {
  const all = root.node.findAll();
  const byPath: Record<string, Vertex> = {}; // a plain object: integer-like paths come first, as in cdk8s
  for (const construct of all) {
    byPath[construct.node.path] = { construct, needs: new Set(), needed: false, state: 'new' };
  }
  for (const construct of all) {
    for (const dependency of construct.node.dependencies) {
      const target = byPath[dependency.node.path]; // outside the sub-tree: ignored, as in cdk8s
      if (target) {
        (byPath[construct.node.path] as Vertex).needs.add(target);
        target.needed = true;
      }
    }
  }
  const sorted: IConstruct[] = [];
  const cyclic = Object.values(byPath).reduce((found, vertex) => (vertex.needed ? found : visit(vertex, sorted) || found), false);
  if (cyclic || sorted.length !== all.length) {
    new DependencyGraph(root.node); // throws with the text of cdk8s, which names the cycle
    throw new Error('Dependency cycle detected');
  }
  return sorted;
}

/** Depth first with a stack of our own: a chain of dependencies may be longer than the call stack. True if it met a cycle. */
function visit(start: Vertex, sorted: IConstruct[]): boolean {
  let cyclic = false;
  start.state = 'open';
  const stack = [{ vertex: start, rest: start.needs.values() }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const next = top.rest.next();
    if (next.done) {
      top.vertex.state = 'done';
      sorted.push(top.vertex.construct);
      stack.pop();
    } else if (next.value.state === 'new') {
      next.value.state = 'open';
      stack.push({ vertex: next.value, rest: next.value.needs.values() });
    } else if (next.value.state === 'open') {
      cyclic = true;
    }
  }
  return cyclic;
}
