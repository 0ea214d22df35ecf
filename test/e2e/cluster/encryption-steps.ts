import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { writePrograms } from '../../support/shell';
import type { Cluster } from '../cluster';
import { run } from './commands';
import type { Outcome } from './commands';

/**
 * The steps of docs/encryption.md, by the scripts that synth has made. On a host they find each other, and etcd, by absolute
 * paths: here these begin with the folder that stands for the root of the host.
 */
export class EncryptionSteps {
  private readonly programs: string;

  /** @param group the group of who runs the operator's scripts */
  public constructor(
    private readonly cluster: Cluster,
    group: string,
  ) {
    this.programs = path.join(cluster.folder, 'operator-programs');
    const admin = `--kubeconfig=${cluster.kubeconfig} --as=oidc:ann@example.com --as-group=${group}`;
    writePrograms(this.programs, {
      kubectl: `exec ${cluster.programOf('kubectl')} ${admin} "$@"`,
      etcdctl: `exec ${cluster.programOf('etcdctl')} "$@"`,
    });
  }

  /** `kube-encryption-key`, on the control-plane node. */
  public key(command: string): Promise<Outcome> {
    const etcd = command === 'finish' || command === 'strict' ? this.cluster.etcdFlags : [];
    return this.script(this.onHost('kube-encryption-key'), ['--dir', this.folder, command, ...etcd]);
  }

  /** `kube-encryption-verify`, on the control-plane node. */
  public verify(): Promise<Outcome> {
    return this.script(this.onHost('kube-encryption-verify'), ['--config', this.file, ...this.cluster.etcdFlags]);
  }

  /** `kube-encryption-rewrite`, on the operator's machine. */
  public rewrite(): Promise<Outcome> {
    return this.script(this.ofOperator('kube-encryption-rewrite'), []);
  }

  /** `kube-encryption-loaded` with the hash of the file as it is, on the operator's machine. */
  public loaded(): Promise<Outcome> {
    const hash = crypto.createHash('sha256').update(fs.readFileSync(this.file)).digest('hex');
    return this.script(this.ofOperator('kube-encryption-loaded'), [`sha256:${hash}`, this.cluster.server]);
  }

  /** The configuration with its keys. */
  public get file(): string {
    return path.join(this.folder, 'encryption.yaml');
  }

  /** Where it lies, beside its skeleton. */
  public get folder(): string {
    return path.join(this.cluster.host, 'etc/kubernetes/hardening/encryption');
  }

  private script(file: string, args: readonly string[]): Promise<Outcome> {
    return run('bash', [file, ...args], { env: { PATH: `${this.programs}:${process.env['PATH']}`, HOME: this.cluster.folder } });
  }

  private ofOperator(name: string): string {
    return path.join(this.cluster.dist, 'nodes/operator/usr/local/bin', name);
  }

  private onHost(name: string): string {
    const text = fs.readFileSync(path.join(this.cluster.host, 'usr/local/sbin', name), 'utf8');
    const moved = path.join(this.programs, name);
    fs.writeFileSync(moved, text.replaceAll('/usr/local/sbin/', `${this.cluster.host}/usr/local/sbin/`), { mode: 0o700 });
    return moved;
  }
}
