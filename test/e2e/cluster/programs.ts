import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import type { KubernetesMinor } from '../../../src';

/** What a control plane is made of, in the order in which it starts; it stops the other way round. */
export const CONTROL_PLANE = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

/** A program of the control plane. */
export type ControlPlaneProgram = (typeof CONTROL_PLANE)[number];

/** How each program tells its version. That of etcd is not the one of Kubernetes. */
const VERSION_ARGUMENTS = {
  'kube-apiserver': ['--version'],
  'kube-controller-manager': ['--version'],
  'kube-scheduler': ['--version'],
  kubeadm: ['version', '-o', 'short'],
  kubectl: ['version', '--client'],
  etcd: undefined,
  etcdctl: undefined,
  kms: undefined,
} as const satisfies Readonly<Record<string, readonly string[] | undefined>>;

/** A program that a cluster needs. */
export type Program = keyof typeof VERSION_ARGUMENTS;

/** Where `npm run tools -- --kubernetes` puts the programs of a minor. */
function builtFolder(minor: KubernetesMinor): string {
  return path.join(__dirname, '../../../tools/bin/kubernetes', minor);
}

/** The path of a program, whether it is there or not. */
export function programPath(minor: KubernetesMinor, program: Program, folder = builtFolder(minor)): string {
  return path.join(folder, program);
}

/**
 * The version of the programs that were built for a minor, such as `v1.36.3`.
 *
 * @throws with all that are missing or of another minor, and how to build them
 */
export async function checkedVersion(minor: KubernetesMinor, folder = builtFolder(minor)): Promise<string> {
  const names = Object.keys(VERSION_ARGUMENTS) as Program[];
  const answers = await Promise.all(
    names.map(async (program) => ({ program, version: await versionOf(program, programPath(minor, program, folder)) })),
  );
  const problems = answers.flatMap(({ program, version }) => {
    if (version === undefined) return `${program} is missing`;
    return version === '' || version.startsWith(`v${minor}.`) ? [] : `${program} is ${version}`;
  });
  if (problems.length > 0) {
    throw new Error(
      `A cluster of Kubernetes ${minor} needs its programs in ${folder}: ${problems.join(', ')}. Build them, once, with Go (about 6 to 10 minutes on two cores), or link to what you have with KUBEBUILDER_ASSETS: npm run tools -- --kubernetes ${minor}`,
    );
  }
  return answers.find(({ program }) => program === 'kube-apiserver')?.version as string;
}

/** `v1.36.3`; empty where it does not matter; undefined if there is no such program. */
async function versionOf(program: Program, file: string): Promise<string | undefined> {
  if (!fs.existsSync(file)) return undefined;
  const args = VERSION_ARGUMENTS[program];
  if (args === undefined) return '';
  const { stdout } = await promisify(execFile)(file, args);
  return /v\d+\.\d+\.\d+\S*/.exec(stdout)?.[0] ?? 'of no version';
}
