import * as controlPlane from '../../../src/control-plane';
import { CONTROLS, MANAGED_ANSWERS, MANAGED_DISTRIBUTIONS } from '../../../src';
import type { Distribution, NodeFile } from '../../../src';
import { expectText } from '../../support/snapshot';
import { fileAt, filesOf } from './one-cluster';

const UNKNOWN = { cluster: { endpoint: undefined, hosts: undefined, network: undefined }, baseline: { firewall: undefined } };
const ofProvider = (distribution: Distribution): readonly NodeFile[] => filesOf(distribution, UNKNOWN);
const json = (distribution: Distribution, name: string): unknown =>
  JSON.parse(fileAt(ofProvider(distribution), 'operator', `/${distribution}/${name}.json`).content);

/** Controls that a part of the control plane answers on the other distributions. */
const ANSWERED_ELSEWHERE = new Set(
  Object.values(controlPlane).flatMap((value) => (typeof value === 'function' && 'generates' in value ? Object.keys(value.generates) : [])),
);

describe.each(MANAGED_DISTRIBUTIONS)('%s', (distribution) => {
  it('has settings for whoever makes the cluster, with nothing known of its hosts', () => {
    expectText(`${distribution}-settings.json`, fileAt(ofProvider(distribution), 'operator', '/settings.json').content);
  });

  it('says of every control that a file answers elsewhere what becomes of it', () => {
    const answers = json(distribution, 'controls') as Readonly<Record<string, object>>;
    expect(Object.keys(answers).sort()).toEqual([...ANSWERED_ELSEWHERE].sort());
    expect(Object.values(answers).filter((answer) => !('answer' in answer && 'what' in answer))).toEqual([]);
  });

  it('has nothing for hosts, and no key', () => {
    const files = ofProvider(distribution);
    expect(files.filter(({ role }) => role !== 'operator')).toEqual([]);
    expect(files.map(({ content }) => content).join('\n')).not.toMatch(/arn:aws|PRIVATE KEY|[A-Za-z0-9+/]{43}=/);
  });

  it('names what only you can give', () => {
    const { yours } = json(distribution, 'settings') as { readonly yours: readonly { readonly what: string }[] };
    expect(yours.length).toBeGreaterThan(1);
  });
});

it('sets kubelets of EKS as far as a NodeConfig goes', () => {
  expectText('eks-node-config.yaml', fileAt(ofProvider('eks'), 'operator', '/node-config.yaml').content);
});

it('bounds who reaches the API server of GKE where administrators are known', () => {
  const hosts = { controlPlane: ['198.51.100.0/28'], nodes: ['192.0.2.0/24'], admins: ['203.0.113.0/28'] };
  const files = filesOf('gke', { cluster: { hosts }, baseline: { firewall: undefined } });
  const { settings } = JSON.parse(fileAt(files, 'operator', '/settings.json').content) as { readonly settings: object };
  expect(settings).toHaveProperty('masterAuthorizedNetworksConfig.cidrBlocks', [
    { cidrBlock: '203.0.113.0/28', displayName: 'administrators' },
  ]);
});

it('is inherited from all three what the controls call inherited', () => {
  const called = CONTROLS.filter(({ disposition }) => disposition.includes('inherited')).map(({ id }) => id);
  const answers = new Map(Object.entries(MANAGED_ANSWERS));
  expect(called.length).toBeGreaterThan(3);
  expect(called.filter((id) => Object.values(answers.get(id) ?? {}).some(({ answer }) => answer !== 'inherited'))).toEqual([]);
});
