import { ApiObject, App, Chart, Testing } from 'cdk8s';
import {
  HardenedApp,
  HardenedDeployment,
  IsolatedNamespace,
  kubeDns,
  NAMESPACE_QUOTAS,
  nodeLocalDns,
  NamespaceQuota,
  openshiftDns,
  PlatformSettings,
  Probes,
} from '../../../src';
import type { IsolatedNamespaceProps, KubeObject, PlatformSettingsProps } from '../../../src';
import { IMAGE } from '../../support/images';
import { expectYaml } from '../../support/snapshot';
import { only, synth, testNamespace } from '../../support/synth';

it('looks like this', () => expectYaml('namespace', synth(testNamespace({ minor: '1.36' }))));

it.each(['default', 'kube-system', 'kube-shop', 'Shop', 'shop_1', '-shop', 'a'.repeat(64), ''])('refuses the name %j', (name) => {
  expect(() => new IsolatedNamespace(new App(), name, { owner: 'shop@example.com' })).toThrow(
    name === '' ? /./ : /the id is the namespace's name: .*\(control NET-02\)/,
  );
});

it('pins Pod Security to the minor of the settings, also those provided after it was made', () => {
  const app = Testing.app();
  const shop = new IsolatedNamespace(app, 'shop', { owner: 'shop@example.com' });
  PlatformSettings.provide(app, { minor: '1.37' });
  const { labels } = only(synth(shop), 'Namespace').metadata;
  expect(['enforce', 'audit', 'warn'].map((mode) => labels?.[`pod-security.kubernetes.io/${mode}-version`])).toEqual([
    'v1.37',
    'v1.37',
    'v1.37',
  ]);
});

it('holds what is created in it, and gives it the owner and the namespace', () => {
  const shop = testNamespace();
  new ApiObject(shop, 'config', { apiVersion: 'v1', kind: 'ConfigMap' });
  const { namespace, labels } = only(synth(shop), 'ConfigMap').metadata;
  expect([namespace, labels?.['owner'], labels?.['app.kubernetes.io/part-of']]).toEqual(['shop', 'shop_at_example.com', 'shop']);
});

it('gives cluster-scoped objects no namespace, in a plain App either', () => {
  expect(only(synth(testNamespace()), 'Namespace').metadata).not.toHaveProperty('namespace');
});

describe('the way to DNS', () => {
  const egress = (settings: PlatformSettingsProps) =>
    only(synth(testNamespace(settings)), 'NetworkPolicy', 'allow-dns')['spec'].egress as object[];

  it('is open over UDP and TCP to the DNS pods, which namespace and label must both name', () => {
    expect(egress({ dns: kubeDns() })).toEqual([
      {
        ports: [
          { port: 53, protocol: 'UDP' },
          { port: 53, protocol: 'TCP' },
        ],
        to: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
            podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
          },
        ],
      },
    ]);
  });

  it('names the addresses of a cache on the node, and the ports of OpenShift', () => {
    expect(JSON.stringify(egress({ dns: nodeLocalDns('10.96.0.10') }))).toMatch(/169\.254\.20\.10\/32.*10\.96\.0\.10\/32/);
    expect(JSON.stringify(egress({ dns: openshiftDns() }))).toMatch(/5353.*openshift-dns/);
  });
});

it.each(Object.keys(NAMESPACE_QUOTAS) as (keyof typeof NAMESPACE_QUOTAS)[])(
  'the quota %s bounds everything, and no container may be larger than it',
  (name) => {
    const app = Testing.app();
    const objects = synth(new IsolatedNamespace(app, 'shop', { owner: 'o', quota: NamespaceQuota.named(name) }));
    const hard = only(objects, 'ResourceQuota')['spec'].hard as Record<string, string>;
    expect(hard).toMatchObject({ 'services.nodeports': '0', 'services.loadbalancers': '0', pods: String(NAMESPACE_QUOTAS[name].pods) });
    const { max } = (only(objects, 'LimitRange')['spec'].limits as { max: Record<string, string> }[])[0] as { max: Record<string, string> };
    expect(parseInt(max['cpu'] as string, 10)).toBeLessThanOrEqual(parseInt(hard['limits.cpu'] as string, 10));
    expect(parseInt(max['memory'] as string, 10)).toBeLessThanOrEqual(parseInt(hard['limits.memory'] as string, 10));
  },
);

it('holds a workload that is called quota', () => {
  const shop = testNamespace();
  new HardenedDeployment(shop, 'quota', { image: IMAGE, port: 8080, probes: Probes.tcp() });
  expect(only(synth(shop), 'Deployment').metadata.name).toBe('quota');
});

it('refuses a quota that is negative', () => {
  expect(() => NamespaceQuota.of({ cpu: -1, memoryGi: 1, ephemeralStorageGi: 1, storageGi: 1, pods: 1 })).toThrow(
    /cpu is -1 \(control NET-08\)/,
  );
});

it('lets a subclass add labels', () => {
  class Costed extends IsolatedNamespace {
    protected override namespaceLabels(props: IsolatedNamespaceProps): Record<string, string> {
      return { ...super.namespaceLabels(props), 'example.com/cost-centre': '42' };
    }
  }
  expect(only(synth(new Costed(Testing.app(), 'shop', { owner: 'o' })), 'Namespace').metadata.labels).toMatchObject({
    'example.com/cost-centre': '42',
  });
});

it('refuses a namespace that was made without isolation', () => {
  const app = new HardenedApp();
  const namespace: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bare' } };
  new ApiObject(new Chart(app, 'bare'), 'namespace', namespace);
  expect(() => app.synthYaml()).toThrow(
    /Namespace bare: is a namespace that does not deny by default \(Ingress, Egress\)[\s\S]*is a namespace without bounds[\s\S]*have no limit/,
  );
});
