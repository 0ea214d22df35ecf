import { App } from 'cdk8s';
import { CertificateRenewal, controlPlaneSpecOf, validityPeriod } from '../../src/control-plane';
import type { CertificateRenewalProps, ControlPlaneSpec } from '../../src/control-plane';
import { cluster, spec } from './cluster';
import { fileAt, paths } from './host-parts';

const RENEWAL = '/etc/systemd/system/renew-kubernetes-certificates.timer';
const APPROVAL = '/usr/local/sbin/approve-kubelet-certificates';

const withCertificates = (props: CertificateRenewalProps): ControlPlaneSpec => {
  const app = new App();
  new CertificateRenewal(app, 'certificates', props);
  return controlPlaneSpecOf(app, cluster());
};

it('are renewed by the nodes of kubeadm when they end before an upgrade renews them', () => {
  expect(paths(spec())).toContain(`control-plane ${RENEWAL}`);
  expect(paths(withCertificates({ validityDays: 365 }))).not.toContain(`control-plane ${RENEWAL}`);
  expect(paths(spec('rke2'))).not.toContain(`control-plane ${RENEWAL}`);
  expect(fileAt(withCertificates({ renewBeforeDays: 30 }), '/usr/local/sbin/renew-kubernetes-certificates').content).toContain(
    `-checkend ${30 * 24 * 3600} `,
  );
});

it('are approved by a command of the operator that knows the ranges of the nodes, where kubelets ask for them', () => {
  expect(fileAt(spec(), APPROVAL, 'operator').content).toContain("ranges='192.0.2.0/24 2001:db8::/64'\n");
  expect(paths(spec('kind'))).not.toContain(`operator ${APPROVAL}`);
  expect(paths(spec('k3s'))).not.toContain(`operator ${APPROVAL}`);
});

it('say how long they are valid as kubeadm wants it', () => expect(validityPeriod(182)).toBe('4368h0m0s'));

it.each<[CertificateRenewalProps, RegExp]>([
  [{ validityDays: 30 }, /renewBeforeDays is 60 and validityDays 30: every new certificate would be renewed again at once/],
  [{ validityDays: 2000 }, /validityDays is 2000 and caValidityDays 1825: a certificate outlives what signed it, .*\(control NET-20\)/],
])('refuse %j', (props, message) => expect(() => withCertificates(props)).toThrow(message));
