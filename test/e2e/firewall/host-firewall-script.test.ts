import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { hostFirewallScript } from '../../../src/control-plane';

const rules = (comment: string): string =>
  `table inet host_firewall\ndelete table inet host_firewall\ntable inet host_firewall { comment "${comment}"; }\n`;

let folder: string;
let script: string;
let file: (name: string) => string;

beforeEach(() => {
  execFileSync('ip', ['netns', 'add', 'rollback']);
  folder = fs.mkdtempSync('/run/host-firewall-');
  script = path.join(folder, 'host-firewall');
  file = (name) => path.join(folder, name);
  fs.writeFileSync(script, hostFirewallScript(folder, path.join(folder, 'state')), { mode: 0o755 });
  fs.writeFileSync(file('candidate.nft'), rules('first'));
});
afterEach(() => {
  execFileSync('ip', ['netns', 'delete', 'rollback']);
  fs.rmSync(folder, { recursive: true });
});

/** Runs shell code in the namespace; `host-firewall` is the script. */
function sh(code: string): { readonly status: number | null; readonly output: string } {
  const command = ['netns', 'exec', 'rollback', 'bash', '-c', `host-firewall() { ${script} "$@"; }; ${code}`];
  const { status, stdout, stderr } = spawnSync('ip', command, { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

/** Which rules are in force. */
const inForce = (): string | undefined => /comment "(.*)"/.exec(sh('nft list ruleset').output)?.[1];

/** Waits until these rules are in force; a busy machine takes its time. */
async function comes(rules: string | undefined): Promise<void> {
  for (let tries = 0; inForce() !== rules && tries < 100; tries += 1) {
    await wait(100);
  }
  expect(inForce()).toBe(rules);
}

it('takes the rules back when nobody confirms them, also when the shell that applied them is gone', async () => {
  expect(sh('host-firewall apply 1; kill -9 $$')).toMatchObject({ status: null });
  expect(inForce()).toBe('first');
  await comes(undefined);
  expect(sh('host-firewall confirm')).toEqual({ status: 1, output: expect.stringContaining('nothing waits to be confirmed') as string });
  expect(fs.existsSync(file('confirmed.nft'))).toBe(false);
}, 20_000);

it('keeps what is confirmed, and goes back to that from what is not', async () => {
  sh('host-firewall apply 3');
  fs.writeFileSync(file('candidate.nft'), rules('second')); // arrives between the two
  expect(sh('host-firewall confirm').status).toBe(0);
  await wait(4_000);
  expect(inForce()).toBe('first');
  expect(fs.readFileSync(file('confirmed.nft'), 'utf8')).toBe(rules('first'));
  expect(fs.statSync(file('confirmed.nft')).mode & 0o777).toBe(0o600);
  sh('host-firewall apply 1');
  expect(inForce()).toBe('second');
  await comes('first');
}, 20_000);

it('counts from the last time that rules were applied', async () => {
  sh('host-firewall apply 1');
  fs.writeFileSync(file('candidate.nft'), rules('second'));
  sh('host-firewall apply 4');
  await wait(2_000);
  expect(inForce()).toBe('second');
  await comes(undefined);
}, 20_000);

it('takes no confirmation from the login that applied the rules', () => {
  const login = 'echo 0 > /proc/self/loginuid';
  expect(sh(`${login}; host-firewall apply 9 && host-firewall confirm`)).toEqual({
    status: 1,
    output: expect.stringContaining('Confirm from a new one') as string,
  });
  expect(sh(`${login}; host-firewall confirm`).status).toBe(0);
});

it('changes nothing when the rules cannot be loaded, and says so', () => {
  sh('host-firewall apply 5; host-firewall confirm');
  fs.writeFileSync(file('candidate.nft'), 'table inet host_firewall { chain');
  const { status, output } = sh('host-firewall apply 1');
  expect([status, output]).toEqual([1, expect.stringContaining('cannot be loaded. Nothing was changed.')]);
  expect(inForce()).toBe('first');
  fs.rmSync(file('candidate.nft'));
  expect(sh('host-firewall check').output).toContain('bring the node files to this host first');
});

it('goes back at once when asked to, and explains itself when asked for nothing it knows', () => {
  sh('host-firewall apply 5; host-firewall rollback');
  expect(inForce()).toBeUndefined();
  for (const wrong of ['', 'stop', 'apply soon', 'apply 0']) {
    expect(sh(`host-firewall ${wrong}`)).toEqual({ status: 2, output: expect.stringContaining('run this from a NEW login') as string });
  }
});
