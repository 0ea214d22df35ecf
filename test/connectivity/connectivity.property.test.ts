import * as fc from 'fast-check';
import { Connectivity } from '../../src/connectivity';
import type { KubeObject } from '../../src/manifest';
import { rounds } from '../support/rounds';

const NAMESPACES = ['a', 'b'];
const APPS = ['x', 'y'];
const PORTS = [1, 2, 3];

interface Rule {
  readonly peers?: readonly { readonly namespace?: string; readonly app?: string }[];
  readonly ports?: readonly { readonly port: number; readonly endPort?: number }[];
}
interface Policy {
  readonly namespace: string;
  readonly app?: string;
  readonly Ingress?: readonly Rule[];
  readonly Egress?: readonly Rule[];
}

const app = fc.constantFrom(...APPS);
const namespace = fc.constantFrom(...NAMESPACES);
const port = fc.constantFrom(...PORTS);
const rule: fc.Arbitrary<Rule> = fc.record(
  {
    peers: fc.array(
      fc.record({ namespace, app }, { requiredKeys: [] }).filter((peer) => Object.keys(peer).length > 0),
      { minLength: 1, maxLength: 2 },
    ),
    ports: fc.array(
      fc.oneof(
        fc.record({ port }),
        fc.tuple(port, port).map(([one, other]) => ({ port: Math.min(one, other), endPort: Math.max(one, other) })),
      ),
      { minLength: 1, maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);
const policy: fc.Arbitrary<Policy> = fc.record(
  { namespace, app, Ingress: fc.array(rule, { maxLength: 2 }), Egress: fc.array(rule, { maxLength: 2 }) },
  { requiredKeys: ['namespace'] },
);

const labels = (value: string | undefined): object => (value === undefined ? {} : { matchLabels: { app: value } });

function manifest({ namespace, app, Ingress, Egress }: Policy, index: number): KubeObject {
  const rules = (all: readonly Rule[], field: string): object[] =>
    all.map(({ peers, ports }) => ({
      ...(peers && {
        [field]: peers.map((peer) => ({
          ...(peer.namespace !== undefined && { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': peer.namespace } } }),
          ...(peer.app !== undefined && { podSelector: labels(peer.app) }),
        })),
      }),
      ...(ports && { ports }),
    }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace, name: `policy-${index}` },
    spec: {
      podSelector: labels(app),
      policyTypes: [...(Ingress ? ['Ingress'] : []), ...(Egress ? ['Egress'] : [])],
      ...(Ingress && { ingress: rules(Ingress, 'from') }),
      ...(Egress && { egress: rules(Egress, 'to') }),
    },
  };
}

/** The words of the API reference, one after the other, for one port. */
function passes(
  policies: readonly Policy[],
  direction: 'Ingress' | 'Egress',
  [namespace, app]: string[],
  other: string[],
  port: number,
): boolean {
  const isolating = policies.filter(
    (policy) => policy[direction] !== undefined && policy.namespace === namespace && (policy.app === undefined || policy.app === app),
  );
  const allows = ({ peers, ports }: Rule): boolean =>
    (peers === undefined ||
      peers.some((peer) => (peer.namespace ?? namespace) === other[0] && (peer.app === undefined || peer.app === other[1]))) &&
    (ports === undefined || ports.some((range) => port >= range.port && port <= (range.endPort ?? range.port)));
  return isolating.length === 0 || isolating.some((policy) => (policy[direction] ?? []).some(allows));
}

it('opens for each pair and port what the API reference says, one policy and one rule after the other', () => {
  const pods = NAMESPACES.flatMap((namespace) => APPS.map((app) => [namespace, app]));
  const objects = pods.map(([namespace, app]) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name: app, labels: { app } },
    spec: { containers: [] },
  })) as unknown as KubeObject[];
  fc.assert(
    fc.property(
      fc.array(
        policy.filter(({ Ingress, Egress }) => Ingress !== undefined || Egress !== undefined),
        { maxLength: 6 },
      ),
      (policies) => {
        const manifests = [...objects, ...policies.map(manifest)].map((object) => ({ object, origin: {} }));
        const connectivity = Connectivity.of({ manifests, nodeFiles: [] });
        for (const from of connectivity.workloads) {
          for (const to of connectivity.workloads) {
            const [source, target] = [from, to].map(({ name }) => name.split('/').slice(1)) as [string[], string[]];
            const open = connectivity.reachable(from, to).ports;
            const expected = PORTS.filter(
              (one) => passes(policies, 'Egress', source, target, one) && passes(policies, 'Ingress', target, source, one),
            );
            expect(PORTS.filter((one) => open.has('TCP', one))).toEqual(expected);
          }
        }
      },
    ),
    { numRuns: rounds(300) },
  );
});
