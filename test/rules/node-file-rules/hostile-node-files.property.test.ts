import fc from 'fast-check';
import { stringify } from 'yaml';
import { assess, formatAssessment } from '../../../src/assessment';
import { DISTRIBUTIONS, PlatformSettings } from '../../../src/settings';
import type { NodeFile } from '../../../src/manifest';
import { nodeFile, nodeFiles } from '../../support/node-files';
import { SELF_MANAGED } from '../../control-plane/distributions/one-cluster';
import { rounds } from '../../support/rounds';

/** What the programs of a distribution are set up with. */
const SOUND = SELF_MANAGED.map((distribution) =>
  nodeFiles('1.36', distribution).filter(({ path }) => path.endsWith('.yaml') && path !== '/cloud-init.yaml'),
);

const settings = fc.record({ minor: fc.constantFrom('1.35', '1.36', '1.37'), distribution: fc.constantFrom(undefined, ...DISTRIBUTIONS) });
type Settings = typeof settings extends fc.Arbitrary<infer T> ? T : never;

function judge(files: readonly NodeFile[], props: Settings): string {
  return formatAssessment(assess({ manifests: [], nodeFiles: files }, PlatformSettings.from(props)));
}

it('reads files of hosts in which any line is something else', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '---',
      '- ',
      '  - name: 1',
      'x: &a [*a, *a]',
      '{',
      '}',
      'kind: Policy',
      'apiVersion: v1',
      '\t',
      'd / 9999 - -',
      '<<: *b',
      'constructor: {}',
    ),
    fc.string(),
  );
  const change = fc.record({ file: fc.nat(20), at: fc.nat(200), to: line });
  fc.assert(
    fc.property(fc.constantFrom(...SOUND), fc.array(change, { minLength: 1, maxLength: 4 }), settings, (sound, changes, props) => {
      const files = sound.map((file, index) => {
        const lines = file.content.split('\n');
        changes.filter((one) => one.file % sound.length === index).forEach(({ at, to }) => lines.splice(at % lines.length, 1, to));
        return { ...file, content: lines.join('\n') };
      });
      expect(judge(files, props)).toMatch(/\d+ findings?, \d+ waived/);
    }),
    { numRuns: rounds(60) },
  );
});

it('reads documents of every kind that hold anything', () => {
  const kinds = [
    'kubeadm.k8s.io/v1beta4 ClusterConfiguration',
    'kubeadm.k8s.io/v1beta4 JoinConfiguration',
    'kind.x-k8s.io/v1alpha4 Cluster',
    'v1 Pod',
  ];
  const more = ['v1alpha1 KubeAPIServerConfig', 'v1alpha1 KubeletConfig', 'v1 Config', 'audit.k8s.io/v1 Policy', 'v1 constructor'];
  const names = [
    'apiServer',
    'extraArgs',
    'extraVolumes',
    'etcd',
    'local',
    'nodeRegistration',
    'kubeletExtraArgs',
    'spec',
    'containers',
    'command',
  ];
  const others = ['users', 'user', 'machine', 'cluster', 'kubelet', 'config', 'kubeadmConfigPatches', 'nodes', 'plugins', '__proto__'];
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(null, true, 0, '', 'kube-apiserver', '--a=b', '/etc/x', 'kind: Policy'),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names, ...others), tie('tree'), { maxKeys: 4 }),
    ),
  }));
  const document = fc.tuple(fc.constantFrom(...kinds, ...more), fc.dictionary(fc.constantFrom(...names, ...others), tree, { maxKeys: 5 }));
  const path = fc.constantFrom(
    '/etc/a.yaml',
    '/etc/rancher/k3s/config.yaml',
    '/var/lib/x/kubelet.conf.d/a.conf',
    '/etc/sysctl.d/a.conf',
    '/etc/tmpfiles.d/a.conf',
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(path, document, fc.string()), { maxLength: 4 }), settings, (files, props) => {
      const made = files.map(([at, [of, body], mode]) => ({
        ...nodeFile(at, stringify({ apiVersion: of.split(' ')[0], kind: of.split(' ')[1], ...body })),
        mode,
      }));
      expect(judge(made, props)).toMatch(/\d+ findings?, \d+ waived/);
    }),
    { numRuns: rounds(150) },
  );
});
