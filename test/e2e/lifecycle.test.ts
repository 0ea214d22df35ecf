import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { Cluster } from './cluster';
import type { MadeFiles } from './cluster';
import { checkedVersion, CONTROL_PLANE, programPath } from './cluster/programs';
import { until } from './cluster/processes';

const ROOT = path.join(__dirname, '../..');

/** Command lines of this machine that name a folder. */
function processesOf(folder: string): string[] {
  const { stdout } = spawnSync('ps', ['-ww', '-e', '-o', 'args='], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(folder));
}

/** A folder of temporary files for one test. */
let tmp: string;
beforeEach(() => {
  tmp = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'lifecycle-'));
});
afterEach(() => fs.rmSync(tmp, { recursive: true }));

describe('a cluster that is stopped', () => {
  it('leaves no process and no folder, beside another that goes on', async () => {
    const [first, second] = await Promise.all([Cluster.start({ controllers: false }), Cluster.start({ controllers: false })]);
    try {
      expect(processesOf(first.folder).length).toBeGreaterThan(2);
      await first.stop();
      expect(processesOf(first.folder)).toEqual([]);
      expect(fs.existsSync(first.folder)).toBe(false);
      expect(await second.request('/livez')).toMatchObject({ status: 200 });
    } finally {
      await second.stop();
    }
    expect(processesOf(second.folder)).toEqual([]);
  });
});

describe('a process that ends while it has a cluster', () => {
  let child: ChildProcess;
  let said = '';

  function start(): void {
    said = '';
    child = spawn(process.execPath, ['--import', 'tsx', 'test/e2e/cluster/start-and-wait.ts'], {
      cwd: ROOT,
      env: { ...process.env, TMPDIR: tmp },
    });
    [child.stdout, child.stderr].forEach((stream) => stream?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8'))));
  }

  function hasSaid(text: string): Promise<void> {
    return until(`it says ${text}`, () => Promise.resolve(said.includes(text)), 50_000);
  }

  /** What is left of it in its folder and among the processes. */
  function left(): string[] {
    return [...fs.readdirSync(tmp).filter((name) => name.startsWith('cdk8s-hardened-cluster-')), ...processesOf(tmp)];
  }

  it.each<[NodeJS.Signals, string]>([
    ['SIGINT', 'etcd'],
    ['SIGTERM', 'ready'],
    ['SIGKILL', 'ready'],
  ])('by %s after the step %s leaves nothing', async (signal, step) => {
    start();
    await hasSaid(`${step}\n`);
    expect(left()).not.toEqual([]);
    child.kill(signal);
    await until('nothing is left', () => Promise.resolve(left().length === 0), 10_000);
  });

  it('with its keeper leaves what the next start clears away', async () => {
    start();
    await hasSaid('ready\n');
    const keeper = spawnSync('ps', ['-ww', '-e', '-o', 'pid=,args='], { encoding: 'utf8' })
      .stdout.split('\n')
      .find((line) => line.includes(`keeper.sh ${tmp}`));
    process.kill(parseInt(keeper as string, 10), 'SIGKILL');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const stale = left();
    expect(stale.length).toBeGreaterThan(2);
    start();
    await hasSaid(`cleared away ${tmp}/${stale[0]}, whose owner is gone`);
    await hasSaid('ready\n');
    expect(left().some((line) => line.includes(stale[0] as string))).toBe(false);
    child.stdin?.end();
    await once(child, 'exit');
    expect(left()).toEqual([]);
  });
});

describe('a cluster that cannot start says why', () => {
  it('a program is missing', async () => {
    await expect(checkedVersion('1.36', tmp)).rejects.toThrow(/kube-apiserver is missing.*npm run tools -- --kubernetes 1\.36/);
  });

  it('a program is of another minor', async () => {
    CONTROL_PLANE.forEach((program) => fs.symlinkSync(programPath('1.36', program), path.join(tmp, program)));
    await expect(checkedVersion('1.37', tmp)).rejects.toThrow(/kube-apiserver is v1\.36\.\d+, .*npm run tools -- --kubernetes 1\.37/);
  });

  it('a port is taken', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as net.AddressInfo;
    await expect(Cluster.start({ ports: { apiServer: port } })).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken.`);
    server.close();
  });

  it('a server refuses its files: with its last words and its logs, and nothing else is left', async () => {
    const spoil = ({ host }: MadeFiles): void => {
      const folder = path.join(host, 'etc/kubernetes/hardening/authentication');
      const file = path.join(folder, fs.readdirSync(folder)[0] as string);
      fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('anonymous:', 'anonymoose:'));
    };
    const folder = path.join(tmp, 'run');
    const failure: unknown = await Cluster.start({ folder, tamper: spoil }).catch((error: unknown) => error);
    expect((failure as Error).message).toMatch(/kube-apiserver has ended\n[^]*unknown field .*anonymoose/);
    const logs = /^Logs: (.*)$/m.exec((failure as Error).message)?.[1] as string;
    expect(fs.readdirSync(logs)).toEqual(['etcd.log', 'kube-apiserver.log']);
    fs.rmSync(logs, { recursive: true });
    expect([fs.existsSync(folder), processesOf(folder)]).toEqual([false, []]);
  });
});
