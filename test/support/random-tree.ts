import { ApiObject, Chart } from 'cdk8s';
import type { App } from 'cdk8s';
import { Construct } from 'constructs';

/** What a random tree may hold. */
export interface RandomTreeOptions {
  /** Failing validations and cycles of dependencies. */
  readonly broken: boolean;
  /** Charts without objects, and objects of one name. */
  readonly odd: boolean;
}

/** Fills an app with nested charts, constructs, objects and dependencies. The same seed fills any app the same way. */
export function fillRandomly(app: App, seed: number, { broken, odd }: RandomTreeOptions): void {
  const random = generator(seed);
  const chance = (share: number): boolean => random() < share;
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const all: Construct[] = [];
  let serial = 0;
  const newId = (scope: Construct): string => {
    for (;;) {
      const id = odd && chance(0.25) ? String(Math.floor(random() * 40)) : `c${serial++}${odd && chance(0.2) ? '/x' : ''}`;
      if (!scope.node.tryFindChild(id)) {
        return id;
      }
    }
  };
  const object = (scope: Construct, id: string): Construct =>
    new ApiObject(scope, id, {
      apiVersion: 'v1',
      kind: pick(['ConfigMap', 'Endpoints', 'Event']),
      metadata: odd ? undefined : { name: `o${serial++}` },
      payload: { a: id, b: pick(['true', 'x: y\nz', '07']), c: [1, { d: 2 }] },
    });
  const grow = (scope: Construct, depth: number, inChart: boolean): void => {
    for (let count = 1 + Math.floor(random() * 3); count > 0; count -= 1) {
      const id = newId(scope);
      const kind = random();
      if (!inChart || (kind < 0.18 && depth < 4)) {
        const chart = new Chart(scope, id, {
          namespace: odd ? pick([undefined, 'ns0', 'ns1']) : `ns${serial++}`,
          disableResourceNameHashes: chance(0.2),
        });
        all.push(chart);
        if (!odd) {
          all.push(object(chart, 'first'));
        }
        grow(chart, depth + 1, true);
      } else if (kind < 0.5 && depth < 5) {
        const construct = new Construct(scope, id);
        all.push(construct);
        grow(construct, depth + 1, true);
      } else {
        all.push(object(scope, id));
      }
    }
  };
  grow(app, 0, false);
  grow(app, 0, false);
  for (let count = Math.floor(random() * random() * 6); count > 0; count -= 1) {
    const [a, b] = [pick(all), pick(all)];
    const sound = ApiObject.isApiObject(a) && ApiObject.isApiObject(b) && a.chart === b.chart && all.indexOf(a) > all.indexOf(b);
    if (a !== b && !within(a, b) && !within(b, a) && (broken || sound)) {
      a.node.addDependency(b);
    }
  }
  if (broken && chance(0.05)) {
    (all[0] as Construct).node.addValidation({ validate: () => [`bad ${seed}`, 'worse'] });
  }
}

function within(inner: Construct, outer: Construct): boolean {
  return `${inner.node.path}/`.startsWith(`${outer.node.path}/`);
}

function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
