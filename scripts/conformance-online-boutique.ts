/**
 * Compares `examples/online-boutique` with the application that it was written after: ports, environment, probes and
 * resources of every workload, and the ports of every Service, field by field.
 *
 *   npm run conformance:online-boutique -- <kubernetes-manifests.yaml>
 */
import * as fs from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { podSpecOf } from '../src';
import type { ContainerSpec, KubeObject } from '../src';
import { exampleManifests } from './example-manifests';

const SAME_QUESTION = 'the original asks the same question for liveness and readiness, which kube-score refuses';

/** Differences that are meant, each with its reason. A difference that is not listed, or one that is not met, fails. */
const ACCEPTED: Readonly<Record<string, string>> = {
  'workload loadgenerator': 'left out: it is a load test, and its image has no sourced digest',
  'service frontend-external': 'a LoadBalancer open to every address: a HardenedIngress with TLS instead',
  'cartservice liveness periodSeconds': '10 in the original, which is the default of Kubernetes',
  'frontend liveness httpGet': SAME_QUESTION,
  'frontend liveness tcpSocket': SAME_QUESTION,
  'redis-cart readiness tcpSocket': SAME_QUESTION,
  'redis-cart readiness exec': SAME_QUESTION,
};

const [file] = process.argv.slice(2);
if (file === undefined || !fs.existsSync(file)) {
  throw new Error(
    `Usage: npm run conformance:online-boutique -- <kubernetes-manifests.yaml>${file === undefined ? '' : ` (there is no ${file})`}`,
  );
}
const [theirs, ours] = [read(fs.readFileSync(file, 'utf8')), read(exampleManifests('online-boutique'))];
const compared = new Set([...theirs.keys(), ...ours.keys()]).size;
const differences = compare(theirs, ours);
const unexpected = differences.filter(({ what }) => !Object.hasOwn(ACCEPTED, what));
const unmet = Object.keys(ACCEPTED).filter((what) => !differences.some((difference) => difference.what === what));
for (const { what, theirs, ours } of differences) {
  process.stdout.write(
    `${Object.hasOwn(ACCEPTED, what) ? 'accepted' : 'DIFFERENT'}  ${what}: ${JSON.stringify(theirs)} there, ${JSON.stringify(ours)} here${ACCEPTED[what] ? ` (${ACCEPTED[what]})` : ''}\n`,
  );
}
unmet.forEach((what) => process.stdout.write(`STALE  ${what}: listed as accepted, but there is no such difference\n`));
process.stdout.write(
  `${compared} fields compared, ${differences.length - unexpected.length} accepted differences, ${unexpected.length} others\n`,
);
process.exitCode = unexpected.length + unmet.length > 0 || compared === 0 ? 1 : 0;

interface Difference {
  readonly what: string;
  readonly theirs: unknown;
  readonly ours: unknown;
}

function compare(original: ReadonlyMap<string, unknown>, example: ReadonlyMap<string, unknown>): Difference[] {
  const names = [...new Set([...original.keys(), ...example.keys()])];
  const whole = names.filter((name) => /^(workload|service) /.test(name) && original.has(name) !== example.has(name));
  return names
    .filter((name) => JSON.stringify(original.get(name)) !== JSON.stringify(example.get(name)))
    .filter((name) => whole.includes(name) || !whole.some((missing) => name.startsWith(`${missing.split(' ')[1]} `)))
    .map((what) => ({ what, theirs: original.get(what), ours: example.get(what) }));
}
/** Every field that is compared, by name. */
function read(yaml: string): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const document of parseAllDocuments(yaml)) {
    const object = document.toJS() as KubeObject | null;
    const { name } = object?.metadata ?? { name: '' };
    const container = object ? (podSpecOf(object)?.['containers'] as ContainerSpec[] | undefined)?.[0] : undefined;
    if (container) {
      fields.set(`workload ${name}`, true);
      Object.entries(containerFields(container)).forEach(([field, value]) => value !== undefined && fields.set(`${name} ${field}`, value));
    } else if (object?.kind === 'Service') {
      fields.set(`service ${name}`, true);
      for (const { name: portName, port, targetPort } of object['spec'].ports as { name: string; port: number; targetPort: number }[]) {
        fields.set(`${name} service port ${portName}`, [port, targetPort]);
      }
    }
  }
  return fields;
}

function containerFields(container: ContainerSpec): Record<string, unknown> {
  const { requests = {}, limits = {} } = (container['resources'] ?? {}) as {
    requests?: Record<string, string>;
    limits?: Record<string, string>;
  };
  return {
    ports: ((container['ports'] ?? []) as { containerPort: number }[]).map(({ containerPort }) => containerPort),
    ...Object.fromEntries(((container['env'] ?? []) as { name: string; value: string }[]).map(({ name, value }) => [`env ${name}`, value])),
    ...probeFields('liveness', container['livenessProbe'] as Record<string, unknown> | undefined),
    ...probeFields('readiness', container['readinessProbe'] as Record<string, unknown> | undefined),
    ...Object.fromEntries(
      ['cpu', 'memory'].flatMap((resource) => [
        [`requests ${resource}`, requests[resource]],
        [`limits ${resource}`, limits[resource]],
      ]),
    ),
  };
}

function probeFields(kind: string, probe: Record<string, unknown> | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(probe ?? {}).map(([field, value]) => [`${kind} ${field}`, sorted(value)]));
}

/** The same value with its keys in order, so that only the meaning is compared. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => a.localeCompare(b))
          .map(([key, field]) => [key, sorted(field)]),
      )
    : value;
}
