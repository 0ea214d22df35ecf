import { ApiObject, App, Chart, DependencyGraph } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { depthFirst } from './depth-first';

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
    const charts = this.node
      .findAll()
      .filter((construct): construct is Chart => Chart.isChart(construct) && construct.toJson === Chart.prototype.toJson);
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

/** The order of `new DependencyGraph(root.node).topology()`, with every construct visited once. */
function topology(root: IConstruct): IConstruct[] {
  const all = root.node.findAll();
  const byPath: Record<string, IConstruct> = {}; // a plain object: integer-like paths come first, as in cdk8s
  for (const construct of all) {
    byPath[construct.node.path] = construct;
  }
  // What lies outside the sub-tree is ignored, as in cdk8s.
  const needs = (construct: IConstruct): IConstruct[] =>
    construct.node.dependencies.flatMap((dependency) => byPath[dependency.node.path] ?? []);
  const needed = new Set(all.flatMap(needs));
  const { order, cyclic } = depthFirst(
    Object.values(byPath).filter((construct) => !needed.has(construct)),
    needs,
  );
  if (cyclic || order.length !== all.length) {
    new DependencyGraph(root.node); // throws with the text of cdk8s, which names the cycle
    throw new Error('Dependency cycle detected');
  }
  return [...order];
}
