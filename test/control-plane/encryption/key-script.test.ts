import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { configYaml, encryptionProblems, encryptionSection, encryptionSkeleton, keyScript } from '../../../src';
import type { EncryptionProps } from '../../../src';
import { runScript, writePrograms } from '../../support/shell';
import type { ShellRun } from '../../support/shell';
import { rounds } from '../../support/rounds';

let root: string;
let folder: string;
let script: string;
let file: string;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'key-script-'));
  folder = path.join(root, 'encryption');
  script = path.join(root, 'kube-encryption-key');
  file = path.join(folder, 'encryption.yaml');
  fs.mkdirSync(folder, { mode: 0o755 });
  writePrograms(root, { verify: 'exit 0' });
  fs.writeFileSync(script, keyScript({ folder, verify: path.join(root, 'verify') }));
  install();
});
afterEach(() => fs.rmSync(root, { recursive: true }));

/** Puts the skeleton of these props where the script looks for it. */
function install(props: EncryptionProps = {}): void {
  fs.writeFileSync(path.join(folder, 'skeleton.yaml'), configYaml(encryptionSkeleton(encryptionSection(props))));
}

function run(...args: string[]): ShellRun {
  return runScript(script, args);
}

function good(...args: string[]): ShellRun {
  const result = run(...args);
  expect(result).toMatchObject({ status: 0 });
  return result;
}

const content = (): string => fs.readFileSync(file, 'utf8');
const secrets = (): string[] => [...content().matchAll(/secret: (\S+)/g)].map(([, secret]) => String(secret));

interface Provider {
  readonly [kind: string]: { readonly name?: string; readonly keys?: readonly { readonly name: string }[] };
}
/** Providers of the last rule, each by its kind and name. */
function providers(): string[] {
  const { resources } = parse(content()) as { readonly resources: readonly { readonly providers: readonly Provider[] }[] };
  return (resources.at(-1)?.providers ?? []).map((provider) => {
    const [kind = '', value] = Object.entries(provider)[0] ?? [];
    return [kind, value?.name ?? value?.keys?.[0]?.name].filter(Boolean).join(' ');
  });
}

describe('init', () => {
  it('makes a configuration with one key of 32 bytes, which only its owner reads', () => {
    good('init');
    const filled = content().replace(/keys:\n +- name: key-[\d-]+\n +secret: \S+/, 'keys: []');
    expect(filled).toBe(`# rotation: none\n${fs.readFileSync(path.join(folder, 'skeleton.yaml'), 'utf8')}`);
    expect(secrets().map((secret) => Buffer.from(secret, 'base64').length)).toEqual([32]);
    expect([fs.statSync(file).mode & 0o777, fs.statSync(folder).mode & 0o777]).toEqual([0o600, 0o700]);
    // The key is all that is wrong with it.
    expect(encryptionProblems(parse(content())).map(({ field }) => field)).toEqual(['resources[1].providers[0].secretbox.keys[0].secret']);
  });

  it('keeps the first key when it runs again, and leaves nothing else behind', () => {
    good('init');
    const first = content();
    expect(good('init').stderr).toMatch(/is there, left as it is/);
    expect(content()).toBe(first);
    expect(fs.readdirSync(folder).sort()).toEqual(['encryption.yaml', 'skeleton.yaml']);
  });

  it('makes one key when several run at once', async () => {
    const runs = Array.from({ length: 4 }, () => spawn('bash', [script, 'init'], { stdio: 'ignore' }));
    expect(await Promise.all(runs.map(async (child) => (await once(child, 'exit'))[0] as number))).toEqual([0, 0, 0, 0]);
    expect(secrets()).toHaveLength(1);
    expect(fs.readdirSync(folder)).toHaveLength(2);
  });

  it('makes another key each time', () => {
    good('init');
    const [first] = secrets();
    fs.rmSync(file);
    good('init');
    expect(secrets()).not.toEqual([first]);
  });

  it('makes the configuration of a key service without a key', () => {
    install({ provider: 'kms', kms: { name: 'kms-1', socket: '/run/kms/kms.sock' } });
    good('init');
    expect([providers(), secrets()]).toEqual([['kms kms-1', 'identity'], []]);
    expect(encryptionProblems(parse(content()))).toEqual([]);
  });

  it.each([
    ['without skeleton', () => fs.rmSync(path.join(folder, 'skeleton.yaml')), /skeleton\.yaml is missing/],
    [
      'in a folder that is a link',
      () => {
        fs.renameSync(folder, `${folder}.real`);
        fs.symlinkSync(`${folder}.real`, folder);
      },
      /is a symbolic link/,
    ],
  ])('does nothing %s', (_where, prepare, message) => {
    prepare();
    expect(run('init')).toMatchObject({ status: 1, stderr: expect.stringMatching(message) as string });
    expect(fs.existsSync(file)).toBe(false);
  });
});

describe('a rotation', () => {
  const order = (): string[] => providers().map((name) => name.replace(/^secretbox key-/, ''));

  it('adds the new key second, puts it first, and takes the old one away; each step twice is once', () => {
    good('init');
    const [old, identity] = order();
    good('add');
    const fresh = order()[1];
    expect(order()).toEqual([old, fresh, identity]);
    expect(fresh).not.toBe(old);
    expect(good('add').stderr).toMatch(/second already/);
    expect(order()).toEqual([old, fresh, identity]);
    good('promote');
    expect(good('promote').stderr).toMatch(/first already/);
    expect(order()).toEqual([fresh, old, identity]);
    good('finish');
    expect(good('finish').stderr).toMatch(/no rotation is under way/);
    expect(order()).toEqual([fresh, identity]);
    const rules = (parse(content()) as { resources: unknown[] }).resources.slice(0, -1);
    expect(rules).toEqual([{ resources: ['events', 'leases.coordination.k8s.io'], providers: [{ identity: {} }] }]);
  });

  it('goes from one provider to another the same way, and not to the same one', () => {
    good('init');
    const [old] = providers();
    install({ provider: 'kms', kms: { name: 'kms-1', socket: '/run/kms/kms.sock' } });
    good('add');
    expect(providers()).toEqual([old, 'kms kms-1', 'identity']);
    good('promote');
    good('finish');
    expect(providers()).toEqual(['kms kms-1', 'identity']);
    expect(run('add')).toMatchObject({ status: 1, stderr: expect.stringMatching(/Give the key service another name/) as string });
  });

  it.each([
    ['promote', [], /there is no new key\. Run add first/],
    ['finish', ['add'], /does not write yet\. Run promote first/],
    ['add', ['add', 'promote'], /a rotation is under way/],
    ['strict', ['add'], /a rotation is under way/],
  ])('refuses %s out of turn', (command, before, message) => {
    ['init', ...before].forEach((step) => good(step));
    const is = content();
    expect(run(command)).toMatchObject({ status: 1, stderr: expect.stringMatching(message) as string });
    expect(content()).toBe(is);
  });

  it('keeps the old key while something in etcd needs it', () => {
    ['init', 'add', 'promote'].forEach((step) => good(step));
    const is = content();
    writePrograms(root, { verify: `echo "$@" >${root}/asked; exit 1` });
    expect(run('finish', '--endpoints=https://etcd')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/old key stays/) as string,
    });
    expect(content()).toBe(is);
    expect(fs.readFileSync(path.join(root, 'asked'), 'utf8')).toBe(`--config ${file} --endpoints=https://etcd\n`);
  });

  it('leaves a file alone that it did not make', () => {
    fs.writeFileSync(file, configYaml(encryptionSkeleton(encryptionSection())));
    expect(run('add')).toMatchObject({ status: 1, stderr: expect.stringMatching(/not of this script's making/) as string });
  });
});

it('takes identity away for good when nothing is in the clear', () => {
  good('init');
  const [key] = providers();
  writePrograms(root, { verify: 'exit 1' });
  expect(run('strict')).toMatchObject({ status: 1, stderr: expect.stringMatching(/identity stays/) as string });
  writePrograms(root, { verify: 'exit 0' });
  good('strict');
  expect(providers()).toEqual([key]);
  expect(good('strict').stderr).toMatch(/gone already/);
  ['add', 'promote', 'finish'].forEach((step) => good(step));
  expect(providers()).toHaveLength(1);
});

describe('another node', () => {
  /** The configuration that the first node made, and its hash. */
  function made(): { readonly text: string; readonly hash: string } {
    good('init');
    const hash = good('status').stdout.trim().split('\n').at(-1) as string;
    const text = content();
    fs.rmSync(file);
    return { text, hash };
  }

  it('takes the configuration that has the hash', () => {
    const { text, hash } = made();
    expect(runScript(script, ['receive', hash], undefined, text)).toMatchObject({ status: 0 });
    expect([content(), fs.statSync(file).mode & 0o777]).toEqual([text, 0o600]);
  });

  it.each([
    ['half of it', (text: string) => text.slice(0, text.length / 2)],
    ['nothing', () => ''],
    ['another', (text: string) => text.replace('events', 'pods')],
  ])('refuses %s, and keeps what it has', (_what, change) => {
    const { text, hash } = made();
    fs.writeFileSync(file, 'as it was');
    expect(runScript(script, ['receive', hash], undefined, change(text))).toMatchObject({ status: 1 });
    expect(content()).toBe('as it was');
    expect(fs.readdirSync(folder)).toHaveLength(2);
  });

  it('refuses what is not whole, whatever its hash', () => {
    const half = made().text.split('\n').slice(0, 8).join('\n');
    const hash = `sha256:${spawnSync('sha256sum', { input: half, encoding: 'utf8' }).stdout.split(' ')[0]}`;
    expect(runScript(script, ['receive', hash], undefined, half)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/is not whole/) as string,
    });
  });
});

it('says what writes, what reads, and the hash, and no key', () => {
  ['init', 'add'].forEach((step) => good(step));
  expect(good('status').stdout).toMatch(
    /^writes secretbox key-\d{8}-\d{6}\nreads {2}secretbox key-\d{8}-\d{6}(-2)?\nreads {2}identity\nrotation added\nsha256:[0-9a-f]{64}\n$/,
  );
});

it('explains itself for an unknown command', () => {
  expect(run('rotate')).toMatchObject({
    status: 2,
    stdout: expect.stringMatching(/^kube-encryption-key \[--dir FOLDER\] COMMAND/) as string,
  });
});

// The programs of the system, each preceded by one that writes down its arguments and environment; and all that bash does.
it('shows a key to nobody: not as argument, in the environment, or as output, even when traced', () => {
  const log = path.join(root, 'log');
  const traced = path.join(root, 'traced');
  const names = ['awk', 'base64', 'cat', 'chmod', 'cut', 'date', 'flock', 'grep', 'head', 'mktemp', 'mv', 'rm', 'sed', 'sha256sum', 'sync'];
  const place = (name: string): string => spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim();
  writePrograms(traced, Object.fromEntries(names.map((name) => [name, `{ echo "$0" "$@"; env; } >>${log}; exec ${place(name)} "$@"`])));
  const keys = new Set<string>();
  let output = '';
  const step = (...args: string[]): void => {
    const env = { ...process.env, PATH: `${traced}:${process.env['PATH']}` };
    const { status, stdout, stderr } = spawnSync('bash', ['-x', script, ...args], { encoding: 'utf8', env });
    expect(status).toBe(0);
    output += stdout + stderr;
    secrets().forEach((secret) => keys.add(secret));
  };
  [['init'], ['init'], ['add'], ['promote'], ['status'], ['finish'], ['strict']].forEach((args) => step(...args));
  const recorded = fs.readFileSync(log, 'utf8');
  expect(names.filter((name) => !recorded.includes(`${traced}/${name}`))).toEqual([]);
  expect(keys.size).toBe(2);
  for (const key of keys) {
    expect(recorded + output).not.toContain(key.slice(0, 20));
  }
});

// SIGKILL leaves no time to tidy up: what counts is what the next run, and the API server, find.
it('is the file before or the file after, whenever it is killed', async () => {
  const begin = Date.now();
  good('init');
  good('add');
  const duration = (Date.now() - begin) / 2;
  const ROUNDS = rounds(24);
  let killed = 0;
  // On a busy machine it may have ended each time before it is killed: until it was not, at least once.
  for (let round = 0; round < ROUNDS || (killed === 0 && round < 10 * ROUNDS); round += 1) {
    const command = round % 2 === 0 ? 'init' : 'add';
    fs.rmSync(file, { force: true });
    if (command === 'add') {
      good('init');
    }
    const before = fs.existsSync(file) ? content() : undefined;
    const child = spawn('bash', [script, command], { detached: true, stdio: 'ignore' });
    const ended = once(child, 'exit') as Promise<[number | null]>;
    await sleep((duration * 1.2 * ((round % ROUNDS) + 1)) / ROUNDS);
    try {
      process.kill(-(child.pid as number), 'SIGKILL');
    } catch {
      // it was faster
    }
    killed += (await ended)[0] === null ? 1 : 0;
    if (fs.existsSync(file) && content() !== before) {
      expect(secrets()).toHaveLength(command === 'init' ? 1 : 2);
      expect(providers()).toHaveLength(command === 'init' ? 2 : 3);
    } else {
      expect(fs.existsSync(file) ? content() : undefined).toBe(before);
    }
    good(command);
    expect(secrets()).toHaveLength(command === 'init' ? 1 : 2);
    expect(fs.readdirSync(folder).sort()).toEqual(['encryption.yaml', 'skeleton.yaml']);
  }
  expect(killed).toBeGreaterThan(0);
}, 60_000);
