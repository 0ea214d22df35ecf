import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import type { Ports } from './ports';
import type { ControlPlaneProgram } from './programs';

/** Where a run has its files and ports. */
export interface Place {
  /** The folder that stands for the root of the host. */
  readonly host: string;
  readonly ports: Ports;
}

/** The address that the configuration names, of the range for documentation: nothing has it. */
export const ADVERTISED = '192.0.2.10';

/** One change to command lines. */
interface Rewriting {
  readonly what: string;
  readonly why: string;
  readonly rewrite: (line: Line, at: Place) => readonly string[];
}

interface Line {
  readonly program: ControlPlaneProgram;
  readonly args: readonly string[];
}

/** What is done to the command lines that kubeadm wrote, and why. Nothing else is. */
export const REWRITTEN: readonly Rewriting[] = [
  {
    what: 'paths begin with the run folder',
    why: 'files of a host, without touching this one',
    rewrite: ({ args }, { host }) => args.map((arg) => arg.replace(/=(?=\/)/, `=${host}`)),
  },
  {
    what: `${ADVERTISED} in the addresses of etcd is 127.0.0.1`,
    why: 'no machine has that address',
    rewrite: ({ program, args }) => (program === 'etcd' ? args.map((arg) => oncePerUrl(arg.replaceAll(ADVERTISED, '127.0.0.1'))) : args),
  },
  {
    what: 'ports 2379, 2380 and 2381 are free ones',
    why: 'two clusters at once; beside an etcd of this machine',
    rewrite: ({ args }, { ports }) =>
      args.map((arg) =>
        arg.replace(/(?<=:\/\/127\.0\.0\.1:)\d+/g, (port) =>
          String(portOf({ 2379: 'etcdClient', 2380: 'etcdPeer', 2381: 'etcdMetrics' }, port, ports)),
        ),
      ),
  },
  {
    what: '--bind-address=127.0.0.1 of the API server',
    why: 'reached from this machine only',
    rewrite: ({ program, args }) => (program === 'kube-apiserver' ? [...args, '--bind-address=127.0.0.1'] : args),
  },
  {
    what: '--secure-port of controller manager and scheduler',
    why: 'two clusters at once',
    rewrite: ({ program, args }, { ports }) => {
      if (program === 'kube-controller-manager') return [...args, `--secure-port=${ports.controllerManager}`];
      return program === 'kube-scheduler' ? [...args, `--secure-port=${ports.scheduler}`] : args;
    },
  },
];

/** The arguments with which a program starts: those of its static pod, rewritten for this machine. */
export function argumentsOf(program: ControlPlaneProgram, at: Place): readonly string[] {
  const manifest = parse(fs.readFileSync(path.join(at.host, 'etc/kubernetes/manifests', `${program}.yaml`), 'utf8')) as StaticPod;
  const [name, ...args] = manifest.spec.containers[0].command;
  if (name !== program) {
    throw new Error(`The static pod of ${program} runs ${name}.`);
  }
  return REWRITTEN.reduce<readonly string[]>((line, { rewrite }) => rewrite({ program, args: line }, at), args);
}

interface StaticPod {
  readonly spec: { readonly containers: readonly [{ readonly command: readonly string[] }] };
}

function portOf(names: Readonly<Record<number, keyof Ports>>, port: string, ports: Ports): number {
  const name = names[Number(port)];
  if (name === undefined) {
    throw new Error(`A command line has the port ${port} of 127.0.0.1, and there is nothing to put in its place.`);
  }
  return ports[name];
}

/** A listener that is named twice cannot listen. */
function oncePerUrl(arg: string): string {
  const [flag, value = ''] = arg.split(/=(.*)/s);
  return flag === '--listen-client-urls' ? `${flag}=${[...new Set(value.split(','))].join(',')}` : arg;
}
