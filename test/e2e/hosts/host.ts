import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { HOST_LAYOUTS, hostPartsOf, hostSetupFiles } from '../../../src/control-plane';
import type { HostLayout } from '../../../src/control-plane';
import type { NodeFile } from '../../../src';
import { spec } from '../../control-plane/cluster';
import type { Parts } from '../../control-plane/cluster';

/** How a command ended, and what it said. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The files of one role, those that set up the host too. */
export function filesOf(role: string, distribution: 'kubeadm' | 'k3s' | 'rke2' = 'kubeadm', parts: Parts = {}): NodeFile[] {
  const { files } = hostPartsOf(spec(distribution, parts), HOST_LAYOUTS[distribution] as HostLayout);
  return [...files, ...hostSetupFiles(files)].filter((file) => file.role === role);
}

/** Programs that stand for those of a real host, by name: their text, for bash. Each notes its arguments in /calls. */
export type StandIns = Readonly<Record<string, string>>;

/**
 * A host of its own: a root folder with the programs of this machine and an /etc, /var, /run and /tmp that are its own. It exists
 * in a mount namespace, so that nothing of this machine is touched and nothing is left.
 */
export class Host {
  public readonly root = fs.mkdtempSync(path.join(os.tmpdir(), 'host-'));

  public constructor() {
    ['etc', 'var/lib', 'run', 'tmp', 'proc', 'dev', 'stand-ins', 'calls'].forEach((folder) =>
      fs.mkdirSync(path.join(this.root, folder), { recursive: true }),
    );
    fs.chmodSync(this.root, 0o755);
    this.write('/etc/passwd', 'root:x:0:0::/root:/bin/sh\n');
    this.write('/etc/group', 'root:x:0:\n');
  }

  public remove(): void {
    fs.rmSync(this.root, { recursive: true });
  }

  public write(file: string, content: string, mode = 0o644): void {
    const target = path.join(this.root, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, content);
    fs.chmodSync(target, mode);
  }

  public read(file: string): string {
    return fs.readFileSync(path.join(this.root, file), 'utf8');
  }

  public exists(file: string): boolean {
    return fs.existsSync(path.join(this.root, file));
  }

  /** `600 0:0` */
  public mode(file: string): string {
    const { mode, uid, gid } = fs.lstatSync(path.join(this.root, file));
    return `${(mode & 0o7777).toString(8)} ${uid}:${gid}`;
  }

  /** Names in a folder, sorted. */
  public list(folder: string): string[] {
    return fs.readdirSync(path.join(this.root, folder)).sort();
  }

  /** The arguments of every call of a stand-in, one call a line. */
  public calls(program: string): string[] {
    return this.exists(`/calls/${program}`) ? this.read(`/calls/${program}`).trimEnd().split('\n') : [];
  }

  public standIns(programs: StandIns): this {
    for (const [name, text] of Object.entries(programs)) {
      this.write(`/stand-ins/${name}`, `#!/bin/bash\necho "$*" >>/calls/${name}\n${text}\n`, 0o755);
    }
    return this;
  }

  /** Runs a command in it, as its root. */
  public run(command: string, ...args: readonly string[]): Outcome {
    const script = [
      'set -eu',
      'root=$1; shift',
      // The folders of programs, as they are here: a folder, or a link into /usr.
      'for d in usr bin sbin lib lib64; do if [ -L /$d ]; then ln -sfn "$(readlink /$d)" "$root/$d"; elif [ -d /$d ]; then mkdir -p "$root/$d"; mount --rbind /$d "$root/$d"; fi; done',
      'mount -t proc proc "$root/proc"; mount --rbind /dev "$root/dev"; mount -t tmpfs tmpfs "$root/run"',
      'exec chroot "$root" /usr/bin/env -i PATH=/stand-ins:/usr/sbin:/usr/bin:/sbin:/bin "$@"',
    ].join('\n');
    const { status, stdout, stderr } = spawnSync(
      'unshare',
      ['--mount', '--propagation', 'private', 'bash', '-c', script, 'host', this.root, command, ...args],
      { encoding: 'utf8', timeout: 60_000 },
    );
    return { status, stdout, stderr };
  }
}
