import * as path from 'node:path';
import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { parseAllDocuments } from 'yaml';
import { admissionProblems, flagProblems, HardenedBaseline, PlatformSettings, SUPPORTED_MINORS } from '../../../src';
import type { FlaggedProgram, KubernetesMinor } from '../../../src';
import { baselineOf, CLUSTER, filesOf, nodeFilesIn, SELF_MANAGED, SETTINGS } from './one-cluster';
import { startedOf } from './started-programs';

type WithFlags = Exclude<(typeof SELF_MANAGED)[number], 'talos'>;

const ALL = SELF_MANAGED.flatMap((distribution) => SUPPORTED_MINORS.map((minor) => [distribution, minor] as const));
const WITH_FLAGS = ALL.filter((pair): pair is readonly [WithFlags, KubernetesMinor] => pair[0] !== 'talos');

describe.each(ALL)('one cluster, on %s and %s', (distribution, minor) => {
  const files = filesOf(distribution, { minor });

  it('comes out the same each time, and wherever its constructs are', () => {
    const app = new App();
    PlatformSettings.provide(app, { ...SETTINGS, distribution, minor });
    const { controlPlane, ...rest } = baselineOf(distribution);
    new HardenedBaseline(new Construct(app, 'platform'), 'cluster', { controlPlane, without: [...PARTS] });
    new HardenedBaseline(new Construct(app, 'elsewhere'), 'parts', {
      ...rest,
      without: ['enforcement', 'personas', 'priority', 'system-namespaces'],
    });
    expect(filesOf(distribution, { minor })).toEqual(files);
    expect(nodeFilesIn(app)).toEqual(files);
  });

  it('has one file for each place, with a mode and an owner', () => {
    const places = files.map(({ role, path: target }) => `${role}:${target}`);
    expect(places.filter((place, index) => places.indexOf(place) < index)).toEqual([]);
    expect(files.filter(({ mode, owner }) => !/^0[0-7]{3}$/.test(mode) || !/^\w+:\w+$/.test(owner))).toEqual([]);
  });

  it('has nothing in it that looks like a key or a token', () => {
    const secret = /PRIVATE KEY-|AGE-SECRET-KEY-1|[A-Za-z0-9+/]{43}=|\b[a-z0-9]{6}\.[a-z0-9]{16}\b/;
    expect(files.filter(({ content }) => secret.test(content)).map(({ path: target }) => target)).toEqual([]);
  });

  it('is YAML that every reader takes for the same', () => {
    const yaml = files.filter(({ path: target }) => /\.(yaml|conf)$/.test(target) && !target.startsWith('/etc/tmpfiles.d/'));
    const texts = (content: string, version: '1.1' | '1.2'): unknown =>
      parseAllDocuments(content, { version, merge: false }).map((document) => document.toJS() as unknown);
    const read = yaml.filter(({ content }) => !content.includes('[Unit]') && !content.startsWith('['));
    expect(read.length).toBeGreaterThan(1);
    expect(read.filter(({ content }) => JSON.stringify(texts(content, '1.1')) !== JSON.stringify(texts(content, '1.2')))).toEqual([]);
  });
});

/** Stacks that say something of hosts. */
const PARTS = ['access', 'admission', 'audit', 'confinement-profiles', 'encryption', 'firewall', 'nodes', 'tenants'] as const;

describe.each(WITH_FLAGS)('the programs of the control plane, on %s and %s', (distribution, minor) => {
  const files = filesOf(distribution, { minor });
  const { flags, mounts, admission } = startedOf(distribution, files);
  const paths = flags['kube-apiserver'].filter(({ value }) => value.startsWith('/')).map(({ value }) => value);

  it('see every file that they are told of', () => {
    const kubeadmOwn = (file: string): boolean => file.startsWith('/etc/kubernetes/pki/'); // mounted by kubeadm itself
    const unseen = paths.filter((file) => !kubeadmOwn(file) && !(mounts ?? [{ path: '/' }]).some((mount) => inside(file, mount.path)));
    expect(unseen).toEqual([]);
    expect(paths.length).toBeGreaterThan(2);
  });

  it('are told of files that are written, or are made on the node', () => {
    const written = files.map(({ path: target }) => target);
    const made = ['encryption/encryption.yaml', '/audit.log', '/pki/ca.crt'];
    expect(paths.filter((file) => !written.includes(file) && !made.some((end) => file.endsWith(end)))).toEqual([]);
  });

  it('are given no folder that nothing lies in', () => {
    const unused = (mounts ?? []).filter(({ path: folder }) => !paths.some((file) => inside(file, folder)));
    expect(unused).toEqual([]);
  });

  it('write where they log, and nowhere else', () => {
    expect((mounts ?? []).filter(({ readOnly }) => !readOnly).map(({ path: folder }) => path.posix.basename(folder))).toEqual(
      mounts === undefined ? [] : [distribution === 'rke2' ? 'logs' : 'audit'],
    );
  });

  it('configure the admission plugins that they enable, and no others', () => {
    const enabled = flags['kube-apiserver'].find(({ name }) => name === 'enable-admission-plugins')?.value.split(',') ?? [];
    expect(enabled).toContain('NodeRestriction');
    expect(admissionProblems(admission, { minor, enabled })).toEqual([]);
  });

  it.each(Object.keys(flags) as FlaggedProgram[])('%s is given each flag once, by name, and none that is wrong', (program) => {
    const names = flags[program].map(({ name }) => name).filter((name) => !BY_KEY.includes(name));
    expect(names).toEqual([...new Set(names)].sort());
    expect(flagProblems(program, flags[program], minor, false)).toEqual([]);
  });

  it('say nothing of anonymous requests in a flag, since the file does', () => {
    expect(flags['kube-apiserver'].map(({ name }) => name)).not.toContain('anonymous-auth');
  });
});

/** Flags that RKE2 has keys for. */
const BY_KEY = ['audit-policy-file', 'admission-control-config-file'];

function inside(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

it('sets hosts up with a script and user data where they are set up with files', () => {
  const scripts = SELF_MANAGED.map((distribution) => [
    distribution,
    filesOf(distribution)
      .filter(({ path: target }) => ['/install.sh', '/cloud-init.yaml'].includes(target))
      .map(({ role, path: target }) => `${role}${target}`),
  ]);
  const both = ['control-plane/install.sh', 'control-plane/cloud-init.yaml', 'worker/install.sh', 'worker/cloud-init.yaml'];
  expect(scripts).toEqual([
    ['kubeadm', both],
    ['kind', []],
    ['k3s', both],
    ['rke2', both],
    ['talos', []],
  ]);
});

it('lists every file of a role in its script', () => {
  for (const distribution of ['kubeadm', 'k3s', 'rke2'] as const) {
    const files = filesOf(distribution);
    for (const role of ['control-plane', 'worker']) {
      const own = files.filter((file) => file.role === role && !['/install.sh', '/cloud-init.yaml'].includes(file.path));
      const script = files.find((file) => file.role === role && file.path === '/install.sh')?.content ?? '';
      expect(own.filter((file) => !script.includes(`\t${file.path}\t${file.mode}\t${file.owner}`))).toEqual([]);
    }
  }
});

it('says nothing of a section that nobody answers for', () => {
  for (const distribution of SELF_MANAGED) {
    const files = filesOf(distribution, { cluster: CLUSTER, baseline: { without: PARTS } });
    const text = files.map(({ content }) => content).join('\n');
    expect([
      distribution,
      text.match(/audit|encryption-provider|authentication-config|PodSecurity|seccomp(?!Profiles: \[\])|nft/gi),
    ]).toEqual([distribution, null]);
  }
});
