import { App, Chart } from 'cdk8s';
import { PlatformSettings } from '../../src/settings';
import type { KubernetesMinor } from '../../src/settings';

it('has portable defaults without any', () => {
  expect(PlatformSettings.of(new App())).toMatchObject({
    minor: '1.35',
    nodes: { lsm: 'none', userNamespaces: false },
    dns: { port: 53 },
    registries: undefined,
  });
});

it('is inherited, and narrowed for a part of the tree', () => {
  const app = new App();
  const chart = new Chart(app, 'chart');
  PlatformSettings.provide(app, { minor: '1.36', nodes: { lsm: 'apparmor' }, registries: ['a/'] });
  PlatformSettings.provide(chart, { nodes: { userNamespaces: true } });
  expect(PlatformSettings.of(chart)).toMatchObject({ minor: '1.36', nodes: { lsm: 'apparmor', userNamespaces: true }, registries: ['a/'] });
  expect(PlatformSettings.of(app).nodes.userNamespaces).toBe(false);
});

it('cannot be changed by who reads it', () => {
  const settings = PlatformSettings.from({ registries: ['a/'] });
  expect(() => (settings.registries as string[]).push('b/')).toThrow(TypeError);
  expect(() => Object.assign(settings.nodes, { lsm: 'selinux' })).toThrow(TypeError);
});

it('refuses a minor that is not supported', () => {
  expect(() => PlatformSettings.from({ minor: '1.34' as KubernetesMinor })).toThrow(
    'Kubernetes "1.34" is not supported: give one of 1.35, 1.36, 1.37',
  );
});
