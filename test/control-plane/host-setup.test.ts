import { parse } from 'yaml';
import type { NodeFile } from '../../src/manifest';
import { cloudInit, hostSetupFiles, installScript } from '../../src/control-plane';
import { spec } from './cluster';
import { hostParts } from './host-parts';

const FILE: NodeFile = { role: 'worker', path: '/etc/x.conf', mode: '0600', owner: 'root:root', content: 'a\n' };

it('gives each role of nodes that has files an install script and user data', () => {
  const made = hostSetupFiles(hostParts(spec()).files);
  expect(made.map(({ role, path, mode }) => `${role} ${path} ${mode}`)).toEqual([
    'control-plane /install.sh 0755',
    'control-plane /cloud-init.yaml 0644',
    'worker /install.sh 0755',
    'worker /cloud-init.yaml 0644',
  ]);
  expect(hostSetupFiles([FILE]).map(({ role }) => role)).toEqual(['worker', 'worker']);
  expect(hostSetupFiles([])).toEqual([]);
});

it('asks nothing of the network', () => {
  const made = hostSetupFiles(hostParts(spec()).files).filter(({ path }) => path === '/install.sh');
  expect(made.filter(({ content }) => /curl|wget|https?:|apt|dnf|yum/.test(content))).toEqual([]);
});

it('lists every file once, users first and folders second', () => {
  const files = hostParts(spec()).files.filter(({ role }) => role === 'control-plane');
  const rows = [...installScript(files).matchAll(/^([012])\t(\/\S+)\t(0\d{3})\t(\S+)$/gm)].map(([, stage, path, mode, owner]) => ({
    stage,
    path,
    mode,
    owner,
  }));
  const wanted = files.map(({ path, mode, owner }) => ({
    stage: path.startsWith('/etc/sysusers.d/') ? '0' : path.startsWith('/etc/tmpfiles.d/') ? '1' : '2',
    path,
    mode,
    owner,
  }));
  expect(rows).toEqual(wanted.sort((a, b) => (a.path < b.path ? -1 : 1)));
});

it.each<[string, Partial<NodeFile>]>([
  ['a path with a command', { path: '/etc/$(id)' }],
  ['a path with a space', { path: '/etc/a b' }],
  ['a path that leads elsewhere', { path: '/etc/../x' }],
  ['a path that is not absolute', { path: 'etc/x' }],
  ['a mode that is none', { mode: '600' }],
  ['a mode with more than permissions', { mode: '4755' }],
  ['an owner without a group', { owner: 'root' }],
  ['an owner with a command', { owner: 'root:`id`' }],
])('refuses %s, since a script that root runs would hold it', (_what, change) => {
  expect(() => installScript([{ ...FILE, ...change }])).toThrow(
    /is no plain path, mode \(0600\) or owner \(root:root\) \(control NET-18\)/,
  );
});

it('refuses two files for one place', () => {
  expect(() => installScript([FILE, { ...FILE, content: 'b\n' }])).toThrow(/Node file \/etc\/x\.conf: there are two for one host/);
});

it('is user data that cloud-init reads: every file with its content, then the script', () => {
  const files = [FILE, { ...FILE, path: '/install.sh', mode: '0755', content: '#!/usr/bin/env bash\nx: y\t"z"\n' }];
  const text = cloudInit(files);
  expect(text.startsWith('#cloud-config\n')).toBe(true);
  expect(parse(text)).toEqual({
    write_files: [
      { path: '/var/lib/cdk8s-hardened/etc/x.conf', permissions: '0600', owner: 'root:root', content: 'a\n' },
      { path: '/var/lib/cdk8s-hardened/install.sh', permissions: '0700', owner: 'root:root', content: files[1]?.content },
    ],
    runcmd: [['bash', '/var/lib/cdk8s-hardened/install.sh']],
  });
});

it('holds nothing in its output that looks like a key', () => {
  const { files } = hostParts(spec());
  const all = [...files, ...hostSetupFiles(files)].map(({ content }) => content).join('\n');
  expect(all).not.toMatch(/PRIVATE KEY|AGE-SECRET-KEY-1|[A-Za-z0-9+/]{43}=/);
});
