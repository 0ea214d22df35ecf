/**
 * Compares the ways that are open between the workloads of `examples/online-boutique` with those that the original application needs:
 * which services a workload is told of in its environment, on which ports. For every ordered pair of workloads.
 *
 *   npm run conformance:flows -- <kubernetes-manifests.yaml>
 */
import * as fs from 'node:fs';
import {
  addressEndpoint,
  Cidr,
  Connectivity,
  containersOf,
  identifiersOf,
  METADATA_ADDRESSES,
  parseManifests,
  podSpecOf,
  recordsOf,
} from '../src';
import type { KubeObject } from '../src';
import { exampleManifests } from './example-manifests';

const [file] = process.argv.slice(2);
if (file === undefined || !fs.existsSync(file)) {
  throw new Error(`Usage: npm run conformance:flows -- <kubernetes-manifests.yaml>${file === undefined ? '' : ` (there is no ${file})`}`);
}
const example = Connectivity.of({ manifests: parseManifests(exampleManifests('online-boutique'), 'example').manifests, nodeFiles: [] });
const needed = neededFlows(parseManifests(fs.readFileSync(file, 'utf8'), file).manifests.map(({ object }) => object));
const open = new Set(example.flows().map(({ from, to, ports }) => `${nameOf(from.name)} → ${nameOf(to.name)} ${ports}`));
const beyond = METADATA_ADDRESSES.map(({ address }) => addressEndpoint(Cidr.ofAddress(address)))
  .concat(addressEndpoint(Cidr.parse('2000::/3')), addressEndpoint(Cidr.parse('0.0.0.0/0')))
  .flatMap((address) => example.workloads.map((workload) => [workload, address] as const))
  .filter(
    ([workload, address]) => !example.reachable(workload, address).ports.isEmpty || !example.reachable(address, workload).ports.isEmpty,
  );
const differences = [
  ...[...needed].filter((flow) => !open.has(flow)).map((flow) => `CLOSED  ${flow}, which the application needs`),
  ...[...open].filter((flow) => !needed.has(flow)).map((flow) => `OPEN  ${flow}, which it does not need`),
  ...beyond.map(([workload, address]) => `OPEN  between ${workload.name} and ${address.name}`),
];
differences.forEach((difference) => process.stdout.write(`${difference}\n`));
const count = example.workloads.length;
process.stdout.write(`${count ** 2} pairs of ${count} workloads, ${open.size} ways open, ${differences.length} differences\n`);
process.exitCode = differences.length > 0 || needed.size === 0 ? 1 : 0;

/** A container whose environment names `service:port` talks to the pods behind that port of the service. */
function neededFlows(objects: readonly KubeObject[]): Set<string> {
  const services = objects.filter(({ kind }) => kind === 'Service');
  const workloads = objects.filter((object) => podSpecOf(object) && identifiersOf(object).name !== 'loadgenerator'); // not in the example
  return new Set(
    workloads.flatMap((workload) => {
      const environment = containersOf(podSpecOf(workload) ?? {}).flatMap(({ env }) => recordsOf(env));
      return environment.flatMap(({ value }) => {
        const [, host, port] = /^([a-z][a-z0-9-]*):(\d+)$/.exec(String(value)) ?? [];
        const service = services.find((object) => identifiersOf(object).name === host);
        const served = recordsOf(service?.['spec'].ports).find((one) => one['port'] === Number(port));
        return served
          ? [`${identifiersOf(workload).name} → ${String(service?.['spec'].selector.app)} TCP ${String(served['targetPort'])}`]
          : [];
      });
    }),
  );
}

/** The name alone: the example has its own namespace, and one workload of another kind. */
function nameOf(endpoint: string): string {
  return endpoint.split('/').at(-1) as string;
}
