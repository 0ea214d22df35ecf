import * as fs from 'node:fs';
import * as path from 'node:path';
import { stringify } from 'yaml';
import { ADVERTISED } from './command-lines';
import { runOrFail } from './commands';
import type { Ports } from './ports';

/** Where kubeadm puts what it makes, by the last part of the name. */
const PLACES: readonly (readonly [RegExp, string])[] = [
  [/\.(crt|key|pub)$/, 'etc/kubernetes/pki'],
  [/\.conf$/, 'etc/kubernetes'],
  [/\.yaml$/, 'etc/kubernetes/manifests'],
];

const PHASES = ['certs all', 'kubeconfig all', 'etcd local', 'control-plane all'] as const;

/**
 * Certificates, kubeconfigs and static pods, made by kubeadm from a configuration. It believes that it only tries: then it
 * writes everything to one folder, needs no root, and still names the paths of the host in the static pods.
 */
export async function runKubeadm(kubeadm: string, config: string, host: string): Promise<void> {
  const made = path.join(host, '.kubeadm');
  fs.mkdirSync(made, { recursive: true, mode: 0o700 });
  for (const phase of PHASES) {
    await runOrFail(kubeadm, ['init', 'phase', ...phase.split(' '), '--dry-run', '--config', config], {
      env: { KUBEADM_INIT_DRYRUN_DIR: made },
    });
  }
  for (const file of fs.readdirSync(made, { recursive: true, encoding: 'utf8' })) {
    const place = PLACES.find(([pattern]) => pattern.test(file))?.[1];
    if (place !== undefined) {
      fs.mkdirSync(path.dirname(path.join(host, place, file)), { recursive: true });
      fs.renameSync(path.join(made, file), path.join(host, place, file));
    }
  }
  fs.rmSync(made, { recursive: true });
}

/** Our configuration: the version is that of the programs, since a label would be asked for over the network; patches are found. */
export function ourConfiguration(host: string, version: string): string {
  const text = fs.readFileSync(path.join(host, 'etc/kubernetes/kubeadm/init.yaml'), 'utf8');
  return text.replace(/^kubernetesVersion: .*$/m, `kubernetesVersion: ${version}`).replace(/^( {2}directory: )(?=\/)/m, `$1${host}`);
}

/** A cluster as kubeadm makes it by itself. */
export function plainConfiguration(ports: Ports, version: string): string {
  const apiVersion = 'kubeadm.k8s.io/v1beta4';
  return [
    { apiVersion, kind: 'InitConfiguration', localAPIEndpoint: { advertiseAddress: ADVERTISED, bindPort: ports.apiServer } },
    {
      apiVersion,
      kind: 'ClusterConfiguration',
      kubernetesVersion: version,
      controlPlaneEndpoint: `localhost:${ports.apiServer}`,
      networking: { podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/16' },
    },
  ]
    .map((document) => stringify(document))
    .join('---\n');
}

/** Controller manager and scheduler talk to the API server at the address that it advertises: here to where it listens. */
export function pointKubeconfigsAtLoopback(host: string, ports: Ports): void {
  const folder = path.join(host, 'etc/kubernetes');
  for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.conf'))) {
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    fs.writeFileSync(
      path.join(folder, file),
      text.replace(`https://${ADVERTISED}:${ports.apiServer}`, `https://localhost:${ports.apiServer}`),
    );
  }
}
