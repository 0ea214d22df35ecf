import type { KubeObject } from '../../../src/manifest';
import type { WaiverProps } from '../../../src/settings';
import { account, binding, clusterBinding, deployment, group, role, shop } from '../../support/shop';
import { ENFORCED } from './rule-cases';
import type { RuleCases } from './rule-cases';

const WAIVER: WaiverProps = {
  control: 'POD-12',
  target: 'shop/web',
  reason: 'reads logs of the node',
  owner: 'shop',
  expires: '2027-03-31',
};
const waived = (...changes: Partial<WaiverProps>[]) => ({ waivers: changes.map((change) => ({ ...WAIVER, ...change })) });
const runs = (verb = 'create'): KubeObject => role('deployer', [{ apiGroups: ['apps'], resources: ['deployments'], verbs: [verb] }]);
const deployer = (...subjects: Record<string, unknown>[]): KubeObject => binding('deployer', 'Role/deployer', subjects);

export const WAIVER_CASES: readonly RuleCases[] = [
  {
    rule: 'waiver-service-account',
    pass: [
      { what: 'a shared account without a waiver', objects: shop(deployment('api', 'web')) },
      { what: 'an account of its own', objects: shop(deployment('api')), settings: waived({}) },
      { what: 'a waiver of something else', objects: shop(deployment('api', 'web')), settings: waived({ target: 'Service/shop/web' }) },
      {
        what: 'the same name in another namespace',
        objects: shop({ ...deployment('api', 'web'), metadata: { name: 'api', namespace: 'other' } }),
        settings: waived({}),
      },
    ],
    fail: [
      {
        what: 'a workload that runs as the same account',
        objects: shop(deployment('api', 'web')),
        settings: waived({}),
        found: ['Deployment shop/web: shop/api as web'],
      },
      {
        what: 'a waiver by kind, for one container, and several others',
        objects: shop(deployment('api', 'web'), deployment('db', 'web')),
        settings: waived({ target: 'Deployment/shop/api', container: 'main' }),
        found: ['Deployment shop/api: shop/web, shop/db as web'],
      },
      {
        what: 'two waivers of two workloads',
        objects: shop(deployment('api', 'web')),
        settings: waived({}, { target: 'shop/api' }),
        found: ['Deployment shop/web: shop/api as web', 'Deployment shop/api: shop/web as web'],
      },
    ],
  },
  {
    rule: 'waiver-pod-creators',
    pass: [
      { what: 'a deployer where nothing is waived', objects: shop(runs(), deployer(group('ci'))) },
      {
        what: 'a deployer of another namespace',
        objects: shop(binding('b', 'ClusterRole/edit', [group('ci')], 'other')),
        settings: waived({}),
      },
      { what: 'somebody who runs nothing', objects: shop(runs('get'), deployer(group('ci'))), settings: waived({}) },
      {
        what: 'who may change the guards anyway',
        objects: shop(
          runs(),
          deployer(group('platform'), account('deployer', 'ops')),
          clusterBinding('break-glass', 'cluster-admin', [group('oncall')]),
        ),
        settings: { ...waived({}), enforcement: ENFORCED },
      },
      {
        what: 'a user who may change the guards anyway',
        objects: shop(runs(), deployer({ kind: 'User', name: 'jane' })),
        settings: { ...waived({}), enforcement: { exempt: { users: ['jane'] } } },
      },
      {
        what: 'a controller, which runs pods in every namespace',
        objects: shop(clusterBinding('b', 'edit', [account('operator', 'ops')])),
        settings: waived({}),
      },
    ],
    fail: [
      {
        what: 'a deployer of the tenant',
        objects: shop(runs(), deployer(group('ci'))),
        settings: waived({}, { control: 'POD-10' }),
        found: ['RoleBinding shop/deployer: Group ci: POD-12 and POD-10 of shop/web'],
      },
      {
        what: 'a service account and a user, of whom a group of that name is exempt',
        objects: shop(runs('patch'), deployer(account('web'), { kind: 'User', name: 'platform' })),
        settings: { ...waived({ target: 'Deployment/shop/web' }), enforcement: ENFORCED },
        found: [
          'RoleBinding shop/deployer: ServiceAccount shop/web: POD-12 of shop/web',
          'RoleBinding shop/deployer: User platform: POD-12 of shop/web',
        ],
      },
      ...[{ users: ['platform'] }, { groups: ['platform'] }].map((exempt) => ({
        what: `others than are exempt: ${JSON.stringify(exempt)}`,
        objects: shop(runs(), deployer(group('ci'), { kind: 'User', name: 'jane' })),
        settings: { ...waived({}), enforcement: { exempt } },
        found: ['RoleBinding shop/deployer: Group ci: POD-12 of shop/web', 'RoleBinding shop/deployer: User jane: POD-12 of shop/web'],
      })),
      {
        what: 'people who run pods in every namespace',
        objects: shop(deployment('api'), clusterBinding('b', 'edit', [group('devs')])),
        settings: waived({}, { target: 'shop/api' }),
        found: ['ClusterRoleBinding b: Group devs: POD-12 of shop/web, POD-12 of shop/api'],
      },
      {
        what: 'a built-in role',
        objects: shop(binding('b', 'ClusterRole/admin', [group('devs')])),
        settings: waived({}),
        found: ['RoleBinding shop/b: Group devs: POD-12 of shop/web'],
      },
    ],
  },
];
