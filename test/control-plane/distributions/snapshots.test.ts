import { parseAllDocuments, stringify } from 'yaml';
import type { NodeFile } from '../../../src/manifest';
import { expectText } from '../../support/snapshot';
import { difference } from './difference';
import { fileAt, filesOf, SELF_MANAGED } from './one-cluster';

/** Files of the distributions themselves, by the name of the snapshot; those of the parts have theirs beside the parts. */
const OWN_FILES = [
  ['kubeadm', 'control-plane', 'kubeadm/init.yaml', 'kubeadm-init.yaml'],
  ['kubeadm', 'control-plane', 'kubeadm/control-plane-2.yaml', 'kubeadm-control-plane-2.yaml'],
  ['kubeadm', 'control-plane', 'patches/etcd0+strategic.yaml', 'kubeadm-patch-etcd.yaml'],
  ['kubeadm', 'worker', 'kubeadm/worker.yaml', 'kubeadm-worker.yaml'],
  ['kind', 'operator', 'kind/cluster.yaml', 'kind-cluster.yaml'],
  ['k3s', 'control-plane', 'config.yaml.d/50-hardening.yaml', 'k3s-server.yaml'],
  ['k3s', 'worker', 'config.yaml.d/50-hardening.yaml', 'k3s-agent.yaml'],
  ['rke2', 'control-plane', 'config.yaml.d/50-hardening.yaml', 'rke2-server.yaml'],
  ['rke2', 'worker', 'config.yaml.d/50-hardening.yaml', 'rke2-agent.yaml'],
] as const;

it.each(OWN_FILES)('on %s and 1.36, %s has %s', (distribution, role, end, snapshot) => {
  expectText(snapshot, fileAt(filesOf(distribution), role, end).content);
});

it.each(['1.36', '1.37'] as const)('Talos takes this for %s', (minor) => {
  for (const role of ['control-plane', 'worker']) {
    expectText(`talos-${minor}-${role}.yaml`, abridged(fileAt(filesOf('talos', { minor }), 'operator', `talos/${role}.yaml`)));
  }
});

it.each(SELF_MANAGED)('%s gets these files', (distribution) => {
  const lines = filesOf(distribution).map(({ role, path, mode, owner }) => `${role} ${path} ${mode} ${owner}\n`);
  expectText(`files-${distribution}.txt`, lines.sort().join(''));
});

describe.each(SELF_MANAGED)('%s', (distribution) => {
  // What Talos takes for 1.37 is another form altogether, and shown whole above.
  it.each(distribution === 'talos' ? (['1.35'] as const) : (['1.35', '1.37'] as const))(
    'differs from that on %s in this alone',
    (minor) => {
      expectText(`${distribution}-${minor}.diff`, difference(filesOf(distribution), filesOf(distribution, { minor })));
    },
  );
});

/** Documents without what is long and shown elsewhere. */
function abridged({ content }: NodeFile): string {
  const documents = parseAllDocuments(content).map((document) => {
    for (const path of [
      ['machine', 'seccompProfiles', 0, 'value'],
      ['machine', 'seccompProfiles', 1, 'value'],
      ['cluster', 'apiServer', 'auditPolicy', 'rules'],
      ['configuration', 'rules'],
    ]) {
      if (document.hasIn(path)) {
        document.setIn(path, 'as elsewhere');
      }
    }
    return stringify(document.toJS(), { version: '1.1', lineWidth: 0 });
  });
  return documents.join('---\n');
}
