import { App } from 'cdk8s';
import { CONTROLS } from '../../src/controls';
import { COMPONENT_FLAGS, ControlPlaneFlags, controlPlaneSpecOf } from '../../src/control-plane';
import { cluster, spec } from './cluster';
import { flagsOf } from './host-parts';

it('sets the hardening flags of API server, controller manager and scheduler', () => {
  const { 'tls-min-version': _api, ...apiServer } = flagsOf(spec(), 'kube-apiserver');
  expect(apiServer).toEqual({
    'kubelet-certificate-authority': '/etc/kubernetes/pki/ca.crt',
    profiling: 'false',
    'service-account-extend-token-expiration': 'false',
    'service-account-lookup': 'true',
  });
  const { 'tls-min-version': _manager, ...controllerManager } = flagsOf(spec(), 'kube-controller-manager');
  expect(controllerManager).toEqual({
    'bind-address': '127.0.0.1',
    'cluster-signing-duration': '4380h0m0s',
    profiling: 'false',
    'terminated-pod-gc-threshold': '100',
    'use-service-account-credentials': 'true',
  });
  const { 'tls-min-version': _scheduler, ...scheduler } = flagsOf(spec(), 'kube-scheduler');
  expect(scheduler).toEqual({ 'bind-address': '127.0.0.1', profiling: 'false' });
});

it('lets the API server check kubelets only where they have certificates that it can check', () => {
  expect(flagsOf(spec('kind'), 'kube-apiserver')).not.toHaveProperty('kubelet-certificate-authority');
  expect(flagsOf(spec('k3s'), 'kube-apiserver')).not.toHaveProperty('kubelet-certificate-authority'); // k3s names its own
  expect(flagsOf(spec('kind', { kubelet: { servingCertificates: 'bootstrap' } }), 'kube-apiserver')).toHaveProperty(
    'kubelet-certificate-authority',
  );
});

it('takes what the blueprint says', () => {
  const app = new App();
  new ControlPlaneFlags(app, 'flags', {
    clusterSigningDuration: '720h0m0s',
    terminatedPodGcThreshold: 10,
    requestTimeout: '2m0s',
    goawayChance: 0.001,
  });
  const made = controlPlaneSpecOf(app, cluster());
  expect(flagsOf(made, 'kube-controller-manager')).toMatchObject({
    'cluster-signing-duration': '720h0m0s',
    'terminated-pod-gc-threshold': '10',
  });
  expect(flagsOf(made, 'kube-apiserver')).toMatchObject({ 'goaway-chance': '0.001', 'request-timeout': '2m0s' });
});

it('knows for each flag a control that there is', () => {
  const ids: readonly string[] = CONTROLS.map(({ id }) => id);
  expect(COMPONENT_FLAGS.filter(({ control }) => !ids.includes(control))).toEqual([]);
});
