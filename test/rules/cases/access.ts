import type { KubeObject } from '../../../src/manifest';
import { account, binding, clusterBinding, clusterRole, group, role, shop } from '../../support/shop';
import type { RuleCases } from './rule-cases';

type Json = Record<string, unknown>;

const RBAC = 'rbac.authorization.k8s.io';
const rule = (apiGroup: string, resource: string, ...verbs: string[]): Json => ({ apiGroups: [apiGroup], resources: [resource], verbs });
const named = (one: Json): Json => ({ ...one, resourceNames: ['web'] });

const RUNS = rule('apps', 'deployments', 'create');
const READS = rule('', 'secrets', 'get');
const LOGS = rule('', 'pods/log', 'get');
const BINDS = rule(RBAC, 'clusterroles', 'bind');
const WRITES_BINDINGS = rule(RBAC, 'clusterrolebindings', 'create');
const ESCALATES = rule(RBAC, 'roles', 'escalate');
const WRITES_ROLES = rule(RBAC, 'clusterroles', 'update');

/** A ClusterRole for each rule, all bound in the whole cluster to one group. */
function everywhere(...rules: Json[]): KubeObject[] {
  return rules.flatMap((one, index) => [
    clusterRole(`role-${index}`, [one]),
    clusterBinding(`binding-${index}`, `role-${index}`, [group('devs')]),
  ]);
}

/** A Role for each rule, all bound in `shop` to one subject. */
function inNamespace(subject: Json, ...rules: Json[]): KubeObject[] {
  return shop(
    ...rules.flatMap((one, index) => [role(`role-${index}`, [one]), binding(`binding-${index}`, `Role/role-${index}`, [subject])]),
  );
}

const DEVS = group('devs');
const SUM =
  'ClusterRoleBinding binding-1: Group devs can run pods and read Secrets in every namespace, together with ClusterRoleBinding binding-0';
const DO = (what: string): string =>
  `ClusterRoleBinding binding-1: Group devs can ${what} in every namespace, together with ClusterRoleBinding binding-0`;
const LOGS_FOUND =
  'RoleBinding shop/binding-1: Group devs can run pods that mount them, and read their logs in shop, together with RoleBinding shop/binding-0';

export const ACCESS_CASES: readonly RuleCases[] = [
  {
    rule: 'rbac-effective-admin',
    pass: [
      ...[
        [RUNS, LOGS],
        [READS, LOGS],
        [BINDS, WRITES_ROLES],
        [ESCALATES, WRITES_BINDINGS],
        [WRITES_ROLES, WRITES_BINDINGS],
      ].map((rules) => ({
        what: `no whole power: ${JSON.stringify(rules.map(({ resources, verbs }) => [resources, verbs]))}`,
        objects: everywhere(...rules),
      })),
      {
        what: 'two halves of it for two groups',
        objects: [...everywhere(RUNS), clusterRole('reads', [READS]), clusterBinding('reads', 'reads', [group('ops')])],
      },
      {
        what: 'two halves of it for a user and a group of one name',
        objects: [...everywhere(RUNS), clusterRole('reads', [READS]), clusterBinding('reads', 'reads', [{ kind: 'User', name: 'devs' }])],
      },
      { what: 'it in one namespace', objects: inNamespace(DEVS, RUNS, READS) },
      { what: 'admin of one namespace', objects: [binding('admin', 'ClusterRole/admin', [DEVS])] },
      { what: 'Secrets by name', objects: everywhere(RUNS, named(READS)) },
      { what: 'what can never be granted by name', objects: everywhere(READS, named(RUNS)) },
      { what: 'the same names in other API groups', objects: everywhere(rule('example.com', 'deployments', 'create'), READS) },
      { what: 'cluster-admin for break-glass', objects: [clusterBinding('break-glass', 'cluster-admin', [DEVS])] },
      { what: 'one half beside break-glass', objects: [clusterBinding('break-glass', 'cluster-admin', [DEVS]), ...everywhere(RUNS)] },
      {
        what: 'two halves of it for a group, and for the accounts of a namespace of its name',
        objects: [
          ...everywhere(LOGS, READS),
          clusterRole('runs', [RUNS]),
          clusterBinding('runs', 'runs', [group('system:serviceaccounts:devs')]),
        ],
      },
      { what: 'a part of Kubernetes', objects: [clusterBinding('b', 'system:node', [group('system:nodes')])] },
      { what: 'a role that nobody makes', objects: [clusterBinding('b', 'none', [DEVS])] },
      { what: 'a role of another namespace', objects: [role('all', [RUNS, READS]), binding('b', 'Role/all', [DEVS], 'kube-system')] },
    ],
    fail: [
      { what: 'two roles', objects: everywhere(RUNS, READS), found: [SUM] },
      { what: 'two roles, the other way round', objects: everywhere(READS, RUNS), found: [SUM] },
      {
        what: 'a role that is fine in between',
        objects: [...everywhere(RUNS, READS), clusterRole('role-x', [LOGS]), clusterBinding('a', 'role-x', [DEVS])],
        found: [SUM],
      },
      { what: 'bindings and bind', objects: everywhere(WRITES_BINDINGS, BINDS), found: [DO('write role bindings and bind')] },
      { what: 'roles and escalate', objects: everywhere(WRITES_ROLES, ESCALATES), found: [DO('write roles and escalate')] },
      {
        what: 'changes to one Deployment, and Secrets',
        objects: everywhere(named(rule('apps', 'deployments', 'patch')), READS),
        found: [SUM],
      },
      { what: 'every subresource, by a wildcard', objects: everywhere(rule('', '*', 'create'), READS), found: [SUM] },
      { what: 'every verb of one Job', objects: everywhere(named(rule('batch', 'jobs', '*')), rule('*', 'secrets', 'list')), found: [SUM] },
      {
        what: 'a role with everything',
        objects: everywhere(rule('*', '*', '*')),
        found: ['ClusterRoleBinding binding-0: Group devs can do everything in every namespace'],
      },
      ...(['admin', 'edit'] as const).map((name) => ({
        what: `the built-in role ${name}`,
        objects: [clusterBinding('b', name, [DEVS])],
        found: ['ClusterRoleBinding b: Group devs can run pods and read Secrets in every namespace'],
      })),
      {
        what: 'cluster-admin',
        objects: [clusterBinding('b', 'cluster-admin', [DEVS])],
        found: ['ClusterRoleBinding b: Group devs can do everything in every namespace'],
      },
      ...[
        clusterBinding('break-glass', 'cluster-admin', [{ kind: 'User', name: 'devs' }]),
        clusterBinding('other', 'cluster-admin', [{ kind: 'User', name: 'devs' }]),
      ].map((one) => ({
        what: `cluster-admin that is no break-glass: ${one.metadata.name}`,
        objects: [one],
        found: [`ClusterRoleBinding ${one.metadata.name}: User devs can do everything in every namespace`],
      })),
      {
        what: 'another role by the name of break-glass',
        objects: [clusterBinding('break-glass', 'edit', [DEVS])],
        found: ['ClusterRoleBinding break-glass: Group devs can run pods and read Secrets in every namespace'],
      },
      {
        what: 'cluster-admin by a RoleBinding of that name',
        objects: [binding('break-glass', 'ClusterRole/cluster-admin', [DEVS], 'kube-system')],
        found: ['RoleBinding kube-system/break-glass: Group devs can do everything in kube-system'],
      },
      {
        what: 'edit in kube-system',
        objects: [binding('b', 'ClusterRole/edit', [DEVS], 'kube-system')],
        found: ['RoleBinding kube-system/b: Group devs can run pods and read Secrets in kube-system'],
      },
      {
        what: 'a half everywhere and a half in kube-system',
        objects: [...everywhere(RUNS), clusterRole('reads', [READS]), binding('b', 'ClusterRole/reads', [DEVS], 'kube-system')],
        found: [
          'RoleBinding kube-system/b: Group devs can run pods and read Secrets in kube-system, together with ClusterRoleBinding binding-0',
        ],
      },
      {
        what: 'a service account, named in two ways and through the group of its namespace',
        objects: [
          clusterRole('runs', [RUNS]),
          clusterRole('reads', [READS]),
          clusterBinding('runs', 'runs', [{ kind: 'User', name: 'system:serviceaccount:shop:web' }]),
          clusterBinding('reads', 'reads', [account('web')]),
          clusterRole('writes', [WRITES_ROLES]),
          clusterRole('escalates', [ESCALATES]),
          clusterBinding('writes', 'writes', [account('api')]),
          clusterBinding('escalates', 'escalates', [group('system:serviceaccounts:shop')]),
        ],
        found: [
          'ClusterRoleBinding reads: ServiceAccount shop/web can run pods and read Secrets in every namespace, together with ClusterRoleBinding runs',
          'ClusterRoleBinding escalates: ServiceAccount shop/api can write roles and escalate in every namespace, together with ClusterRoleBinding writes',
        ],
      },
      {
        what: 'the group of all accounts of a namespace, told once',
        objects: [clusterBinding('b', 'edit', [group('system:serviceaccounts:shop')]), clusterBinding('c', 'view', [account('web')])],
        found: ['ClusterRoleBinding b: Group system:serviceaccounts:shop can run pods and read Secrets in every namespace'],
      },
      {
        what: 'a role that is put together by labels, also by way of another',
        objects: [
          clusterRole('sum', [], { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: 'a' } }] } }),
          clusterRole('a', [RUNS], { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: 'b' } }] } }, { part: 'a' }),
          clusterRole('b', [READS], { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: 'a' } }] } }, { part: 'b' }),
          clusterBinding('sum', 'sum', [DEVS]),
        ],
        found: ['ClusterRoleBinding sum: Group devs can run pods and read Secrets in every namespace'],
      },
      {
        what: 'the built-in role view, widened by a label',
        objects: [
          clusterRole('more', [RUNS, READS], {}, { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' }),
          clusterBinding('view', 'view', [DEVS]),
        ],
        found: ['ClusterRoleBinding view: Group devs can run pods and read Secrets in every namespace'],
      },
      {
        what: 'the built-in role edit, widened by a label of view',
        objects: [
          clusterRole('more', [WRITES_ROLES, ESCALATES], {}, { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' }),
          binding('edit', 'ClusterRole/edit', [DEVS], 'other'),
          clusterBinding('admin', 'admin', [account('web')]),
        ],
        found: ['ClusterRoleBinding admin: ServiceAccount shop/web can write roles and escalate in every namespace'],
      },
    ],
  },
  {
    rule: 'rbac-effective-secrets',
    pass: [
      { what: 'a deployer that sees nothing of what it runs', objects: inNamespace(DEVS, RUNS, rule('', 'pods', 'get', 'list')) },
      { what: 'somebody who reads logs and runs nothing', objects: inNamespace(DEVS, LOGS, rule('', 'pods', 'delete')) },
      {
        what: 'both, in different namespaces',
        objects: [...inNamespace(DEVS, RUNS), clusterRole('logs', [LOGS]), binding('logs', 'ClusterRole/logs', [DEVS], 'other')],
      },
      { what: 'Secrets by name, for a service account', objects: inNamespace(account('web'), named(READS)) },
      { what: 'Secrets by a role in the tree, of which rbac-secrets speaks', objects: inNamespace(DEVS, READS) },
      { what: 'the built-in role view', objects: shop(binding('b', 'ClusterRole/view', [DEVS])) },
      {
        what: 'what is as good as cluster-admin, of which rbac-effective-admin speaks',
        objects: [clusterBinding('b', 'edit', [account('web')])],
      },
      { what: 'the same in kube-system', objects: [binding('b', 'ClusterRole/edit', [account('web')], 'kube-system')] },
      {
        what: 'a user with the name of a group of accounts',
        objects: inNamespace({ kind: 'User', name: 'system:serviceaccounts:shop' }, RUNS),
      },
      { what: 'what is no subject', objects: shop(binding('b', 'ClusterRole/edit', [{ kind: 'Robot', name: 'r2' }, { kind: 'User' }])) },
      { what: 'no subject', objects: shop(binding('b', 'ClusterRole/edit', [])) },
    ],
    fail: [
      {
        what: 'the built-in role edit',
        objects: shop(binding('b', 'ClusterRole/edit', [DEVS])),
        found: ['RoleBinding shop/b: Group devs can read them in shop'],
      },
      {
        what: 'the built-in role admin, for a user',
        objects: shop(binding('b', 'ClusterRole/admin', [{ kind: 'User', name: 'jane' }])),
        found: ['RoleBinding shop/b: User jane can read them in shop'],
      },
      { what: 'running pods and reading their logs', objects: inNamespace(DEVS, RUNS, LOGS), found: [LOGS_FOUND] },
      {
        what: 'running pods everywhere and reading logs in one namespace',
        objects: shop(...everywhere(RUNS), role('logs', [LOGS]), binding('logs', 'Role/logs', [DEVS])),
        found: [
          'RoleBinding shop/logs: Group devs can run pods that mount them, and read their logs in shop, together with ClusterRoleBinding binding-0',
        ],
      },
      ...['exec', 'attach', 'portforward', 'proxy', 'ephemeralcontainers'].map((way) => ({
        what: `running pods and entering them by ${way}`,
        objects: inNamespace(DEVS, RUNS, rule('', `pods/${way}`, 'get')),
        found: [LOGS_FOUND.replace('read their logs', 'enter these')],
      })),
      {
        what: 'running pods and every subresource of them, by a wildcard',
        objects: inNamespace(DEVS, RUNS, rule('', '*/log', 'get')),
        found: [LOGS_FOUND],
      },
      {
        what: 'both in every namespace, told once',
        objects: shop(...everywhere(RUNS, LOGS), binding('b', 'ClusterRole/edit', [DEVS])),
        found: [LOGS_FOUND.replaceAll('RoleBinding shop/', 'ClusterRoleBinding ').replace('in shop', 'in every namespace')],
      },
      ...['pods', 'replicationcontrollers'].map((resource) => ({
        what: `a service account that runs ${resource}`,
        objects: inNamespace(account('web'), rule('', resource, 'create')),
        found: ['RoleBinding shop/binding-0: ServiceAccount shop/web can run pods that mount them, by a token that lies in a pod in shop'],
      })),
      ...[
        ['apps', 'deployments'],
        ['apps', 'statefulsets'],
        ['apps', 'daemonsets'],
        ['apps', 'replicasets'],
        ['batch', 'jobs'],
        ['batch', 'cronjobs'],
      ].map(([apiGroup = '', resource = '']) => ({
        what: `the accounts of a namespace that change ${resource}`,
        objects: inNamespace(group('system:serviceaccounts:shop'), rule(apiGroup, resource, 'patch')),
        found: [
          'RoleBinding shop/binding-0: Group system:serviceaccounts:shop can run pods that mount them, by a token that lies in a pod in shop',
        ],
      })),
      {
        what: 'kube-system beside a namespace',
        objects: shop(binding('a', 'ClusterRole/edit', [DEVS], 'kube-system'), binding('b', 'ClusterRole/edit', [DEVS])),
        found: ['RoleBinding shop/b: Group devs can read them in shop'],
      },
    ],
  },
];
