import { AppArmorProfile, HardenedContainer, HardenedDeployment, Probes, SeccompProfile } from '../../../src';
import type { HardenedDeploymentProps } from '../../../src';
import type { PodSpec } from '../../../src/manifest';
import { IMAGE } from '../../support/images';
import { containerOf, podOf, synth, testNamespace } from '../../support/synth';

const WEB = { image: IMAGE, port: 8080, probes: Probes.tcp() };
const DENY = { type: 'Localhost', localhostProfile: 'profiles/hardened-deny.json' };
const AUDIT = { type: 'Localhost', localhostProfile: 'profiles/hardened-audit.json' };

/** What synthesis, with all rules, makes of a Deployment with these props. */
function pod(props: HardenedDeploymentProps, lsm: 'apparmor' | 'none' = 'none'): PodSpec {
  const shop = testNamespace({ nodes: { lsm } });
  new HardenedDeployment(shop, 'web', props);
  return podOf(synth(shop), 'Deployment');
}

it('gives the pod and its containers the seccomp profile that the workload names', () => {
  const spec = pod({ ...WEB, seccomp: SeccompProfile.DENY });
  expect(spec['securityContext']).toMatchObject({ seccompProfile: DENY, runAsUser: 10001 });
  expect(containerOf(spec)['securityContext']).toMatchObject({ seccompProfile: DENY, readOnlyRootFilesystem: true });
});

it('gives one container a profile of its own, and leaves the others theirs', () => {
  const hardened = [
    HardenedContainer.of({ ...WEB, name: 'main', seccomp: SeccompProfile.AUDIT, user: 20002 }),
    HardenedContainer.of({ ...WEB, name: 'helper', port: 8081 }),
  ];
  const spec = pod({ hardened });
  expect(containerOf(spec, 'main')['securityContext']).toMatchObject({ seccompProfile: AUDIT, runAsUser: 20002 });
  expect(containerOf(spec, 'helper')['securityContext'].seccompProfile).toEqual({ type: 'RuntimeDefault' });
});

it('names an AppArmor profile, of the pod and of a container', () => {
  const hardened = [HardenedContainer.of({ ...WEB, appArmor: AppArmorProfile.localhost('web') })];
  const spec = pod({ hardened, appArmor: AppArmorProfile.HARDENED }, 'apparmor');
  expect(spec['securityContext'].appArmorProfile).toEqual({ type: 'Localhost', localhostProfile: 'hardened-container' });
  expect(containerOf(spec)['securityContext'].appArmorProfile).toEqual({ type: 'Localhost', localhostProfile: 'web' });
});

it('goes by the defaults where a workload names none', () => {
  expect(pod(WEB)['securityContext']).toMatchObject({ seccompProfile: { type: 'RuntimeDefault' } });
  expect(pod(WEB)['securityContext']).not.toHaveProperty('appArmorProfile');
  expect(pod(WEB, 'apparmor')['securityContext'].appArmorProfile).toEqual({ type: 'RuntimeDefault' });
});

it.each(['', '/etc/web.json', '../web.json', 'profiles/../../web.json'])('takes no seccomp profile outside of its folder: %p', (path) => {
  expect(() => SeccompProfile.localhost(path)).toThrow(/POD-16.*relative to the seccomp folder of the kubelet/);
});

it('takes no AppArmor profile without a name', () => expect(() => AppArmorProfile.localhost(' ')).toThrow(/POD-17/));
