import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse, stringify } from 'yaml';
import type { BlueprintProps, KubernetesMinor } from '../../../src';
import { runOrFail } from './commands';
import { ADVERTISED } from './command-lines';
import type { Ports } from './ports';

const ROOT = path.join(__dirname, '../../..');

/** What is synthesised. */
export interface SynthOptions {
  readonly minor: KubernetesMinor;
  readonly ports: Ports;
  /** The blueprint file. */
  readonly file: string;
  readonly change: (blueprint: BlueprintProps) => BlueprintProps;
}

/** Writes a blueprint with one control-plane node into the run folder and synthesises it, as users do, to `dist`. */
export async function synthesise(run: string, { minor, ports, file, change }: SynthOptions): Promise<void> {
  const root = change(parse(fs.readFileSync(file, 'utf8')) as BlueprintProps);
  const cluster: BlueprintProps['cluster'] = {
    ...root.cluster,
    kubernetes: minor,
    distribution: 'kubeadm',
    apiServer: { endpoints: [ADVERTISED], port: ports.apiServer },
    endpoint: `localhost:${ports.apiServer}`,
    hosts: { nodes: [`${ADVERTISED}/32`], ...root.cluster.hosts, controlPlane: [ADVERTISED] },
  };
  const blueprint = path.join(run, 'blueprint.yaml');
  fs.writeFileSync(blueprint, stringify({ ...root, cluster }));
  await runOrFail(process.execPath, ['--import', 'tsx', 'src/main.ts', '--blueprint', blueprint], {
    cwd: ROOT,
    env: { CDK8S_OUTDIR: path.join(run, 'dist/manifests') },
  });
}

/** Puts the files of the control plane below the folder that stands for the root of the host, each with its mode. */
export function installHostFiles(run: string, host: string): void {
  const nodes = path.join(run, 'dist/nodes');
  const index = JSON.parse(fs.readFileSync(path.join(nodes, 'index.json'), 'utf8')) as { role: string; path: string; mode: string }[];
  for (const { role, path: file, mode } of index) {
    if (role === 'control-plane') {
      fs.mkdirSync(path.dirname(path.join(host, file)), { recursive: true });
      fs.copyFileSync(path.join(nodes, role, file), path.join(host, file));
      fs.chmodSync(path.join(host, file), parseInt(mode, 8));
    }
  }
}

/** Makes the key with our own script, where something is encrypted. */
export async function makeEncryptionKey(host: string): Promise<void> {
  const script = path.join(host, 'usr/local/sbin/kube-encryption-key');
  if (fs.existsSync(script)) {
    await runOrFail(script, ['--dir', path.join(host, 'etc/kubernetes/hardening/encryption'), 'init']);
  }
}
