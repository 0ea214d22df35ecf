import 'cdk8s-hardened/testing';
import { ApiObject, Chart, Testing } from 'cdk8s';
import { expect as imported } from '@jest/globals';
import { HardenedApp, HardenedDeployment, IsolatedNamespace, Probes, VALID_POD, Waiver } from '../../src';
import type { KubeObject } from '../../src';
import * as kplus from '../../src/constructs/kplus';
import { IMAGE } from '../support/images';

const WEB = { image: IMAGE, port: 8080, probes: Probes.tcp() };
const UNSAFE: KubeObject = { ...VALID_POD, spec: { ...(VALID_POD['spec'] as object), shareProcessNamespace: true } };
const WAIVER = { control: 'POD-10', target: 'shop/web', reason: 'a debugger', owner: 'shop@example.com', expires: '2999-12-31' };

function shop(): IsolatedNamespace {
  return new IsolatedNamespace(Testing.app(), 'shop', { owner: 'shop@example.com' });
}

/** What a test is told when the assertion fails. */
function failure(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the assertion holds');
}

it('holds for a chart, an app, an object and a list of manifests without findings', () => {
  const namespace = shop();
  const web = new HardenedDeployment(namespace, 'web', WEB);
  expect(namespace).toBeHardened();
  expect(namespace.node.root).toBeHardened();
  expect(ApiObject.of(web)).toBeHardened();
  expect(Testing.synth(namespace)).toBeHardened();
  expect([VALID_POD]).toBeHardened();
});

it('is there on the imported `expect` too', () => {
  imported([VALID_POD]).toBeHardened();
  imported([UNSAFE]).not.toBeHardened();
});

it('fails with every finding, as synth tells it', () => {
  const text = failure(() => expect([UNSAFE, { ...UNSAFE, kind: 'Nothing' }]).toBeHardened());
  expect(text).toMatch(/^expected no findings:\n\n✗ Pod shop\/web: shares processes between its containers\n {4}control {2}POD-10/);
  expect(text).toMatch(/1 finding, 0 waived$/);
});

it('can be turned around, and then fails where there is no finding', () => {
  expect([UNSAFE]).not.toBeHardened();
  expect(failure(() => expect([VALID_POD]).not.toBeHardened())).toBe('expected findings, but no rule finds anything: 0 findings, 0 waived');
});

it('finds what a hardened construct would refuse by itself, in a plain app and in a HardenedApp, and leaves both as they were', () => {
  for (const app of [Testing.app(), new HardenedApp({ outdir: '/nonexistent/manifests' })]) {
    const namespace = new IsolatedNamespace(app, 'shop', { owner: 'shop@example.com' });
    new HardenedDeployment(namespace, 'web', { ...WEB, image: 'web' });
    expect(failure(() => expect(namespace).toBeHardened())).toContain('POD-07');
    expect(namespace).not.toBeHardened();
    expect(() => app.synthYaml()).toThrow(/POD-07/);
  }
});

it('judges what was added late, and what was made with other libraries', () => {
  const chart = Testing.chart();
  expect(chart).toBeHardened();
  new kplus.Deployment(chart, 'plain', { containers: [{ image: IMAGE }] });
  expect(failure(() => expect(chart).toBeHardened())).toContain('says nothing of its health');
});

it('judges by the settings that it is given, over those of the app', () => {
  const settings = { registries: ['registry.example.org/'] };
  expect([VALID_POD]).not.toBeHardened({ settings });
  const app = new HardenedApp({ outdir: '/nonexistent/manifests', settings });
  const namespace = new IsolatedNamespace(app, 'shop', { owner: 'shop@example.com' });
  new HardenedDeployment(namespace, 'web', WEB);
  expect(namespace).not.toBeHardened();
  expect(namespace).toBeHardened({ settings: { registries: ['registry.example.com/'] } });
});

it('accepts what a waiver accepts: one that it is given, and one that a construct brings', () => {
  expect([UNSAFE]).toBeHardened({ waivers: [WAIVER] });
  expect([UNSAFE]).not.toBeHardened({ waivers: [{ ...WAIVER, target: 'shop/other' }] });
  const namespace = shop();
  const volumes = [kplus.Volume.fromHostPath(namespace, 'logs', 'logs', { path: '/var/log' })];
  const waivers = [Waiver.of('POD-12', { reason: 'ships logs', owner: 'o', expires: '2999-12-31' })];
  new HardenedDeployment(namespace, 'agent', { ...WEB, volumes, waivers });
  expect(namespace).toBeHardened();
});

it('calls a waiver unused only where it sees the whole app', () => {
  const namespace = shop();
  expect(namespace).toBeHardened({ waivers: [WAIVER] });
  expect(failure(() => expect(namespace.node.root).toBeHardened({ waivers: [WAIVER] }))).toContain('no finding matches it');
});

it('does not say that an object alone misses what lies elsewhere', () => {
  const labels = ['enforce', 'audit', 'warn'].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, 'restricted'],
    [`pod-security.kubernetes.io/${mode}-version`, 'v1.35'],
  ]);
  const chart = new Chart(Testing.app(), 'shop');
  const metadata = { name: 'shop', labels: Object.fromEntries(labels) as Record<string, string> };
  const namespace = new ApiObject(chart, 'ns', { apiVersion: 'v1', kind: 'Namespace', metadata });
  expect(namespace).toBeHardened();
  expect(failure(() => expect(chart).toBeHardened())).toContain('is a namespace without bounds');
});

it.each<[string, unknown, RegExp]>([
  ['a text', 'kind: Pod', /takes an App, a Chart, an ApiObject or another construct, or a list of manifests/],
  ['one manifest outside a list', VALID_POD, /takes an App/],
  ['a list with something else in it', [VALID_POD, { kind: 'Pod' }], /item 1 is none: it has no apiVersion/],
])('refuses %s, whether it is turned around or not', (_what, received, message) => {
  expect(failure(() => expect(received).toBeHardened())).toMatch(message);
  expect(failure(() => expect(received).not.toBeHardened())).toMatch(message);
});

it('says what else is wrong with an app that does not synthesise', () => {
  const chart = Testing.chart();
  chart.node.addValidation({ validate: () => ['no good'] });
  expect(failure(() => expect(chart).toBeHardened())).toMatch(/Validation failed with the following errors:\n {2}\[test\] no good/);
});
