import { Testing } from 'cdk8s';
import { confinementHostParts, ConfinementProfiles, controlPlaneSpecOf, seccompProfile } from '../../../src/control-plane';
import type { ClusterSpec } from '../../../src/control-plane';
import { PlatformSettings } from '../../../src/settings';
import type { NodeLsm } from '../../../src/settings';
import { expectText } from '../../support/snapshot';
import { CLUSTER } from '../firewall/cluster';

const cluster: ClusterSpec = { ...CLUSTER, minor: '1.36', endpoint: 'api.example.com:6443' };

function files(lsm: NodeLsm) {
  const app = Testing.app();
  new ConfinementProfiles(app, 'confinement-profiles');
  PlatformSettings.provide(app, { nodes: { lsm } });
  return confinementHostParts(controlPlaneSpecOf(app, cluster)).files ?? [];
}

it('asks nothing of hosts where nobody asks for profiles', () => expect(confinementHostParts({ cluster })).toEqual({}));

it('puts the seccomp profiles on every node, and the AppArmor profile where the nodes run it', () => {
  const paths = (lsm: NodeLsm) =>
    files(lsm)
      .filter(({ role }) => role === 'worker')
      .map(({ path }) => path);
  const seccomp = [
    '/var/lib/kubelet/seccomp/profiles/hardened-audit.json',
    '/var/lib/kubelet/seccomp/profiles/hardened-deny.json',
    '/var/lib/kubelet/seccomp/profiles/s390x/hardened-audit.json',
    '/var/lib/kubelet/seccomp/profiles/s390x/hardened-deny.json',
  ];
  expect(paths('none')).toEqual(seccomp);
  expect(paths('apparmor')).toEqual([
    ...seccomp,
    '/etc/apparmor.d/hardened-container',
    '/etc/systemd/system/hardened-container-apparmor.service',
  ]);
  expect(files('apparmor')).toHaveLength(12);
});

it('writes the profiles as JSON', () => {
  const written = files('none').find(({ path }) => path.endsWith('/profiles/hardened-deny.json'))?.content ?? '';
  expect(JSON.parse(written)).toEqual(seccompProfile('deny'));
});

it('looks like this: the AppArmor profile', () => {
  expectText('hardened-container.apparmor', files('apparmor').find(({ path }) => path.startsWith('/etc/apparmor.d/'))?.content ?? '');
});

it('loads the AppArmor profile before any kubelet starts', () => {
  const unit = files('apparmor').find(({ path }) => path.endsWith('.service'))?.content;
  expect(unit).toMatch(/^Before=kubelet\.service k3s\.service k3s-agent\.service rke2-server\.service rke2-agent\.service$/m);
  expect(unit).toMatch(/^ExecStart=.*apparmor_parser --replace .*\/etc\/apparmor\.d\/hardened-container$/m);
});
