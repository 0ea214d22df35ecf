import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { BlueprintProps, KubernetesMinor } from '../../src';
import { argumentsOf } from './cluster/command-lines';
import { run, runOrFail } from './cluster/commands';
import type { Outcome } from './cluster/commands';
import { installHostFiles, makeEncryptionKey, synthesise } from './cluster/host-files';
import type { Issuer } from './cluster/issuer';
import { ourConfiguration, plainConfiguration, pointKubeconfigsAtLoopback, runKubeadm } from './cluster/kubeadm';
import { HeldPorts, LISTENERS } from './cluster/ports';
import type { Listener, Ports } from './cluster/ports';
import { Processes, until } from './cluster/processes';
import { checkedVersion, CONTROL_PLANE, programPath } from './cluster/programs';
import type { ControlPlaneProgram, Program } from './cluster/programs';
import { clientOf, send } from './cluster/requests';
import type { Answer, RequestOptions } from './cluster/requests';
import { RunFolder } from './cluster/run-folder';
import { breakOf } from './proofs/breaks';

/** Options of `Cluster.start`. */
export interface ClusterOptions {
  /** @default - that of the environment variable E2E_MINOR, or 1.36 */
  readonly minor?: KubernetesMinor;
  /** Whether it starts from our files; otherwise as kubeadm makes it by itself, which is the red side of a proof. @default true */
  readonly hardened?: boolean;
  /** Whether controller manager and scheduler run. @default true */
  readonly controllers?: boolean;
  /** Whether a key management service runs, which encrypts at rest. @default false: a key on the host */
  readonly kms?: boolean;
  /** The identity provider of people. @default - that of the blueprint, which nobody can reach */
  readonly issuer?: Issuer;
  /** The blueprint file; hosts, endpoint, distribution and minor are those of the test. @default - that of this project */
  readonly blueprint?: string;
  /** Changes the blueprint. @default - it is as it is */
  readonly change?: (blueprint: BlueprintProps) => BlueprintProps;
  /** Changes what synth and kubeadm have made, before anything starts. @default - the break that E2E_BREAK names, if it does */
  readonly tamper?: (files: MadeFiles) => void;
  /** Ports that are not to be any free one. @default - free ones */
  readonly ports?: Partial<Ports>;
  /** The run folder, which must not be there. @default - one of its own in the folder of temporary files */
  readonly folder?: string;
  /** Hears of each step and of what it took. @default - nobody */
  readonly onStep?: (step: string, seconds: number) => void;
}

/** What is there before anything starts. */
export interface MadeFiles {
  /** The folder that stands for the root of the host. */
  readonly host: string;
  /** What synth has made. */
  readonly dist: string;
}

/** Who asks: a user by name, or with groups. */
export type Impersonated = string | { readonly user: string; readonly groups: readonly string[] };

/** What others need to know of a run. */
interface State {
  readonly minor: KubernetesMinor;
  readonly ports: Ports;
}

const STATE = 'cluster.json';

/**
 * A control plane on this machine: etcd, API server, controller manager and scheduler, from the files that this project makes
 * for hosts and with the command lines that kubeadm makes of them (`REWRITTEN` in cluster/command-lines.ts says what is changed
 * for it). No kubelet: pods are admitted and stay pending.
 */
export class Cluster {
  /** Below it lie the files of the host, where its programs expect them. */
  public readonly host: string;
  private readonly processes: Processes;

  private constructor(
    private readonly run: RunFolder,
    private readonly state: State,
    private readonly held?: HeldPorts,
  ) {
    this.host = path.join(run.path, 'host');
    this.processes = new Processes(run.path);
  }

  /**
   * Starts one.
   *
   * @throws if programs are missing or a port is taken, before anything runs; if something does not become ready, with its last
   * words and where the logs are: nothing else is left of it then
   */
  public static async start(options: ClusterOptions = {}): Promise<Cluster> {
    const minor = options.minor ?? ((process.env['E2E_MINOR'] ?? '1.36') as KubernetesMinor);
    const version = await checkedVersion(minor);
    const held = await HeldPorts.take(options.ports);
    const run = RunFolder.make(options.folder);
    const cluster = new Cluster(run, { minor, ports: held.ports }, held);
    try {
      fs.writeFileSync(path.join(run.path, STATE), JSON.stringify(cluster.state));
      await cluster.prepare(version, options);
      await cluster.startAll(options);
    } catch (error) {
      const logs = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-hardened-logs-'));
      fs.cpSync(path.join(run.path, 'logs'), logs, { recursive: true });
      await cluster.stop();
      throw new Error(`The cluster did not start: ${(error as Error).message}\nLogs: ${logs}`, { cause: error });
    }
    return cluster;
  }

  /** The cluster of a run folder, which another process may have started. */
  public static attach(folder: string): Cluster {
    return new Cluster(RunFolder.of(folder), JSON.parse(fs.readFileSync(path.join(folder, STATE), 'utf8')) as State);
  }

  public get minor(): KubernetesMinor {
    return this.state.minor;
  }

  /** Where everything of this run lies. */
  public get folder(): string {
    return this.run.path;
  }

  /** What `cdk8s synth` has made: the manifests below `manifests`, the files for hosts below `nodes`. */
  public get dist(): string {
    return path.join(this.folder, 'dist');
  }

  /** The kubeconfig of the administrator that kubeadm makes. */
  public get kubeconfig(): string {
    return path.join(this.host, 'etc/kubernetes/admin.conf');
  }

  /** Such as `https://localhost:40001`. */
  public get server(): string {
    return `https://localhost:${this.state.ports.apiServer}`;
  }

  public get ports(): Ports {
    return this.state.ports;
  }

  /** The path of a program of its minor. */
  public programOf(program: Program): string {
    return programPath(this.minor, program);
  }

  /** Ends everything, last started first and one after the other: an API server whose etcd has gone hangs. Removes the folder. */
  public async stop(): Promise<void> {
    for (const program of [...CONTROL_PLANE].reverse()) {
      await this.processes.stop(program);
    }
    await this.processes.stop('kms');
    await this.held?.release(LISTENERS);
    await this.run.remove();
  }

  /** Lets the cluster outlive this process. */
  public release(): Promise<void> {
    return this.run.release();
  }

  /** Runs kubectl as the administrator, or as somebody who is impersonated. */
  public kubectl(args: readonly string[], options: { readonly as?: Impersonated; readonly input?: string } = {}): Promise<Outcome> {
    const { user, groups = [] } = typeof options.as === 'string' ? { user: options.as } : (options.as ?? { user: undefined });
    const who = user === undefined ? [] : ['--as', user, ...groups.flatMap((group) => ['--as-group', group])];
    return run(this.programOf('kubectl'), [`--kubeconfig=${this.kubeconfig}`, ...args, ...who], {
      env: { HOME: this.folder },
      input: options.input,
    });
  }

  /** Sends a request to the API server: of nobody, unless a token or a kubeconfig says of whom. */
  public request(target: string, options: RequestOptions = {}): Promise<Answer> {
    return send(new URL(target, this.server), fs.readFileSync(path.join(this.host, 'etc/kubernetes/pki/ca.crt')), options);
  }

  /** A request with the client certificate of one of kubeadm's kubeconfigs, such as `admin.conf`. */
  public requestWith(kubeconfig: string, target: string, options: RequestOptions = {}): Promise<Answer> {
    return this.request(target, { ...options, ...clientOf(path.join(this.host, 'etc/kubernetes', kubeconfig)) });
  }

  /** What etcd holds under a key, such as `/registry/secrets/shop/db`. */
  public async etcdGet(key: string): Promise<Buffer | undefined> {
    return (await this.etcdEntries(key, []))[0]?.value;
  }

  /** Everything that etcd holds. */
  public etcdAll(): Promise<EtcdEntry[]> {
    return this.etcdEntries('/registry/', ['--prefix']);
  }

  /** Writes to etcd behind the API server's back. */
  public async etcdPut(key: string, value: string): Promise<void> {
    await runOrFail(this.programOf('etcdctl'), [...this.etcdFlags, 'put', key, value]);
  }

  /** How etcdctl reaches etcd, as the API server. */
  public get etcdFlags(): readonly string[] {
    const pki = path.join(this.host, 'etc/kubernetes/pki');
    return [
      `--endpoints=https://127.0.0.1:${this.ports.etcdClient}`,
      `--cacert=${pki}/etcd/ca.crt`,
      `--cert=${pki}/apiserver-etcd-client.crt`,
      `--key=${pki}/apiserver-etcd-client.key`,
    ];
  }

  /** Every record of the audit log, those that were rotated away too. */
  public auditRecords(): AuditRecord[] {
    const folder = path.join(this.host, 'var/log/kubernetes/audit');
    return fs
      .readdirSync(folder)
      .map((name) => path.join(folder, name))
      .map((file) => (file.endsWith('.gz') ? gunzipSync(fs.readFileSync(file)) : fs.readFileSync(file)).toString('utf8'))
      .flatMap((text) => text.split('\n').filter((line) => line !== ''))
      .map((line) => JSON.parse(line) as AuditRecord);
  }

  /** Everything that a program has said. */
  public logs(program: ControlPlaneProgram | 'kms'): string {
    return this.processes.logs(program);
  }

  /** The number of a program's process, if it runs. */
  public pidOf(program: ControlPlaneProgram | 'kms'): number | undefined {
    return this.processes.pidOf(program);
  }

  /** Ends a program without a chance to tidy up, as a power cut does. */
  public kill(program: ControlPlaneProgram | 'kms'): Promise<void> {
    return this.processes.stop(program, 'SIGKILL');
  }

  /** Ends a program in order, starts it again with what its static pod now says, and waits until it is ready. */
  public async restart(program: ControlPlaneProgram): Promise<void> {
    await this.processes.stop(program);
    await this.startProgram(program);
  }

  /** Starts the key management service, or starts it again. */
  public async startKms(): Promise<void> {
    fs.mkdirSync(path.dirname(this.kmsSocket), { recursive: true, mode: 0o700 });
    this.processes.start('kms', this.programOf('kms'), [this.kmsSocket, path.join(this.folder, 'kms/key')]);
    await until('the key management service has a socket', () => Promise.resolve(fs.existsSync(this.kmsSocket)));
  }

  private async etcdEntries(key: string, flags: readonly string[]): Promise<EtcdEntry[]> {
    const said = await runOrFail(this.programOf('etcdctl'), [...this.etcdFlags, '--write-out=json', 'get', key, ...flags]);
    const { kvs = [] } = JSON.parse(said) as { kvs?: { key: string; value: string }[] };
    return kvs.map((entry) => ({ key: Buffer.from(entry.key, 'base64').toString('utf8'), value: Buffer.from(entry.value, 'base64') }));
  }

  private get kmsSocket(): string {
    return path.join(this.folder, 'kms/kms.sock');
  }

  /** Everything that is there before a program starts. */
  private async prepare(version: string, options: ClusterOptions): Promise<void> {
    const { hardened = true, kms = false, issuer, blueprint = BLUEPRINT, change = (same) => same } = options;
    const step = stopwatch(options);
    const changes = [change, issuer ? issuer.trustedBy : change, kms ? (same: BlueprintProps) => this.withKms(same) : change];
    await step('synth', () =>
      synthesise(this.folder, {
        minor: this.minor,
        ports: this.ports,
        file: blueprint,
        change: (read) => [...new Set(changes)].reduce((changed, next) => next(changed), read),
      }),
    );
    fs.mkdirSync(path.join(this.host, 'var/log/kubernetes/audit'), { recursive: true, mode: 0o700 });
    if (hardened) {
      installHostFiles(this.folder, this.host);
      await step('encryption key', () => makeEncryptionKey(this.host));
    }
    const config = path.join(this.folder, 'kubeadm.yaml');
    fs.writeFileSync(config, hardened ? ourConfiguration(this.host, version) : plainConfiguration(this.ports, version));
    await step('kubeadm', () => runKubeadm(this.programOf('kubeadm'), config, this.host));
    pointKubeconfigsAtLoopback(this.host, this.ports);
    const broken = hardened ? breakOf(process.env['E2E_BREAK']) : undefined;
    (options.tamper ?? broken?.tamper)?.({ host: this.host, dist: this.dist });
  }

  private withKms(blueprint: BlueprintProps): BlueprintProps {
    return { ...blueprint, encryption: { provider: 'kms', kms: { name: 'kms-test', socket: this.kmsSocket } } };
  }

  private async startAll(options: ClusterOptions): Promise<void> {
    const { controllers = true, kms = false } = options;
    const step = stopwatch(options);
    if (kms) await step('kms', () => this.startKms());
    await step('etcd', () => this.startProgram('etcd'));
    await step('kube-apiserver', () => this.startProgram('kube-apiserver'));
    await step('rights of the administrator', () => this.bindAdministrator());
    if (controllers) {
      await step('kube-controller-manager, kube-scheduler', async () => {
        await Promise.all([this.startProgram('kube-controller-manager'), this.startProgram('kube-scheduler')]);
        await until(
          'the default service account is there',
          async () => (await this.kubectl(['get', 'serviceaccount', 'default'])).status === 0,
        );
      });
    }
  }

  private async startProgram(program: ControlPlaneProgram): Promise<void> {
    await this.held?.release(LISTENERS_OF[program]);
    this.processes.start(program, this.programOf(program), argumentsOf(program, { host: this.host, ports: this.ports }));
    try {
      await until(
        `${program} is ready`,
        async () => {
          if (this.pidOf(program) === undefined) throw new Error(`${program} has ended`);
          return this.isReady(program);
        },
        READY_LIMIT_MS,
      );
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${lastLines(this.logs(program))}`, { cause: error });
    }
  }

  /** What the probe of the static pod asks. */
  private async isReady(program: ControlPlaneProgram): Promise<boolean> {
    const { apiServer, etcdMetrics, controllerManager, scheduler } = this.ports;
    const probe = {
      etcd: `http://127.0.0.1:${etcdMetrics}/readyz`,
      'kube-apiserver': `https://localhost:${apiServer}/readyz`,
      'kube-controller-manager': `https://127.0.0.1:${controllerManager}/healthz`,
      'kube-scheduler': `https://127.0.0.1:${scheduler}/readyz`,
    }[program];
    try {
      return (await send(new URL(probe), undefined, { timeoutMs: 5000 })).status === 200;
    } catch {
      return false; // nothing listens yet
    }
  }

  /** `kubeadm init` does this once the API server answers; the phases that were run do not. */
  private async bindAdministrator(): Promise<void> {
    const binding = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'kubeadm:cluster-admins' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'kubeadm:cluster-admins' }],
    };
    await runOrFail(
      this.programOf('kubectl'),
      [`--kubeconfig=${path.join(this.host, 'etc/kubernetes/super-admin.conf')}`, 'apply', '--server-side', '-f', '-'],
      { env: { HOME: this.folder }, input: JSON.stringify(binding) },
    );
  }
}

/** A key in etcd and what is stored there. */
export interface EtcdEntry {
  readonly key: string;
  readonly value: Buffer;
}

/** What of an audit record is asked for in tests. */
export interface AuditRecord {
  /** Of the request, as its header `Audit-ID` says. */
  readonly auditID: string;
  readonly level: string;
  readonly stage: string;
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username?: string; readonly groups?: readonly string[] };
  readonly objectRef?: { readonly resource?: string; readonly namespace?: string; readonly name?: string; readonly subresource?: string };
  readonly sourceIPs: readonly string[];
  readonly responseStatus?: { readonly code?: number };
  readonly requestObject?: unknown;
  readonly responseObject?: unknown;
  readonly annotations?: Readonly<Record<string, string>>;
}

const BLUEPRINT = path.join(__dirname, '../../blueprint.yaml');
const READY_LIMIT_MS = 60_000;

const LISTENERS_OF: Readonly<Record<ControlPlaneProgram, readonly Listener[]>> = {
  etcd: ['etcdClient', 'etcdPeer', 'etcdMetrics'],
  'kube-apiserver': ['apiServer'],
  'kube-controller-manager': ['controllerManager'],
  'kube-scheduler': ['scheduler'],
};

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-5).join('\n');
}

function stopwatch({ onStep = () => undefined }: ClusterOptions): (step: string, work: () => Promise<void>) => Promise<void> {
  return async (step, work) => {
    const start = Date.now();
    await work();
    onStep(step, (Date.now() - start) / 1000);
  };
}
