import { spawnSync } from 'node:child_process';
import { filesOf } from '../../control-plane/distributions/one-cluster';
import { Host } from './host';

const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const FILES = (['kubeadm', 'kind', 'k3s', 'rke2'] as const).flatMap((distribution) =>
  filesOf(distribution).map((file) => ({ ...file, name: `${distribution} ${file.role} ${file.path}` })),
);
/** Each once: many are the same on all distributions. */
const scripts = [...new Map(FILES.map(({ content, name }) => [content, name]))]
  .filter(([content]) => content.startsWith('#!/usr/bin/env bash\n'))
  .map(([content, name]) => [name, content]);

it.each(scripts)('%s is a script that bash reads', (_name, content) => {
  expect(spawnSync('bash', ['-n'], { input: content, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

if (has('shellcheck')) {
  it.each(scripts)('%s has nothing that shellcheck finds fault with', (_name, content) => {
    expect(spawnSync('shellcheck', ['--shell=bash', '-'], { input: content, encoding: 'utf8' }).stdout).toBe('');
  });
} else {
  process.stderr.write('shellcheck is not installed: scripts were not looked at by it\n');
}

it('systemd finds no fault with the units', () => {
  const host = new Host();
  const units = FILES.filter(({ name, path }) => name.startsWith('kubeadm control-plane') && /^\/etc\/systemd\/system\/[^/]+$/.test(path));
  units.forEach(({ path, content }) => host.write(path, content));
  FILES.filter(({ name, path }) => name.startsWith('kubeadm control-plane') && path.startsWith('/usr/local/sbin/')).forEach(
    ({ path, content }) => host.write(`/root${path}`, content, 0o700),
  );
  // The units' commands lie in /usr/local/sbin, which is this machine's here: they are told apart from what is at fault.
  const { stderr } = host.run('systemd-analyze', 'verify', ...units.map(({ path }) => path));
  host.remove();
  expect(units).toHaveLength(6);
  expect(stderr.split('\n').filter((line) => line !== '' && !/is not executable: No such file/.test(line))).toEqual([]);
});

it('systemd reads every line of the tmpfiles.d and sysusers.d files', () => {
  for (const { name, path, content } of FILES.filter(({ path: file }) => /^\/etc\/(tmpfiles|sysusers)\.d\//.test(file))) {
    const host = new Host();
    host.write(path, content);
    host.run('systemd-sysusers');
    host.write('/etc/passwd', `${host.read('/etc/passwd')}etcd:x:999:999::/:/bin/false\n`);
    host.write('/etc/group', `${host.read('/etc/group')}etcd:x:999:\n`);
    const outcome = path.includes('tmpfiles') ? host.run('systemd-tmpfiles', '--create', path) : host.run('systemd-sysusers', path);
    host.remove();
    expect([name, outcome.status, outcome.stderr]).toEqual([name, 0, expect.not.stringMatching(/unknown|invalid|ignoring|bad/i)]);
  }
});
