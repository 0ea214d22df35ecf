import {
  AuditLogging,
  controlPlaneSpecOf,
  HardenedApp,
  HardenedBaseline,
  HardenedDeployment,
  IsolatedNamespace,
  loadBlueprint,
  Probes,
} from '../../src';
import type { ClusterSpec, ControlPlaneSpec, HardenedBaselineProps, KubeObject, PlatformSettingsProps } from '../../src';
import { controlPlaneOf } from '../support/control-plane';
import { IMAGE } from '../support/images';
import { expectYaml } from '../support/snapshot';
import { only } from '../support/synth';

const PROPS: HardenedBaselineProps = {
  groups: { 'break-glass': ['oncall'], 'platform-operator': ['platform'], auditor: ['security'] },
  tenants: [
    {
      name: 'shop',
      owner: 'shop@example.com',
      namespaces: ['shop'],
      quota: 'small',
      groups: { 'tenant-admin': ['leads'], developer: ['devs'], viewer: ['support'], 'ci-deployer': ['ci'] },
    },
  ],
  kubeSystem: { nodeCidrs: ['192.0.2.0/24'], upstreamDns: ['192.0.2.53/32'] },
};
const SETTINGS = { apiServer: { endpoints: ['192.0.2.10'], port: 6443 } };

function objects(props: HardenedBaselineProps = PROPS): KubeObject[] {
  const app = new HardenedApp({ settings: SETTINGS });
  new HardenedBaseline(app, 'baseline', props);
  return app.synthesise().artifacts.manifests.map(({ object }) => object);
}

const CLUSTER: ClusterSpec = {
  name: 'shop',
  minor: '1.36',
  distribution: 'kubeadm',
  endpoint: 'api.example.com:6443',
  hosts: { controlPlane: ['192.0.2.10'], nodes: ['192.0.2.0/24'] },
  network: { pods: ['10.244.0.0/16'], services: ['10.96.0.0/12'], plugin: 'cilium' },
};

interface RoleRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** `group/resource verb` of everything that the role of this name grants. */
function grants(name: string): Set<string> {
  const role = objects().find((object) => /^(Cluster)?Role$/.test(object.kind) && object.metadata.name === name);
  return new Set(
    ((role?.['rules'] ?? []) as RoleRule[]).flatMap((rule) =>
      rule.resources.flatMap((resource) => rule.verbs.map((verb) => `${rule.apiGroups[0]}/${resource} ${verb}`)),
    ),
  );
}

const TENANT_ROLES = ['tenant-admin', 'developer', 'viewer', 'ci-deployer'];

it('looks like this: a tenant’s namespace', () => {
  expectYaml(
    'stack-tenant-namespace',
    objects().filter((object) => (object.metadata.namespace ?? object.metadata.name) === 'shop' && !/Role/.test(object.kind)),
  );
});

it('looks like this: kube-system, when asked for', () => {
  expectYaml(
    'stack-kube-system',
    objects().filter((object) => object.metadata.namespace === 'kube-system'),
  );
  expect(objects({ ...PROPS, kubeSystem: undefined }).filter((object) => object.metadata.namespace === 'kube-system')).toEqual([]);
});

it('looks like this: the developer of a tenant', () => {
  expectYaml(
    'stack-developer',
    objects().filter((object) => object.metadata.name === 'developer'),
  );
});

it('binds cluster-admin once, to break-glass', () => {
  const bindings = objects().filter((object) => object['roleRef']?.name === 'cluster-admin');
  expect(bindings.map((object) => [object.kind, object.metadata.name, object['subjects']])).toEqual([
    ['ClusterRoleBinding', 'break-glass', [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'oncall' }]],
  ]);
});

// Viewer and auditor only see, and everybody who works in a place sees it too.
it('has personas that differ: of those who change something, none may do all that another may', () => {
  const all = [...TENANT_ROLES.filter((name) => name !== 'viewer'), 'platform-operator'].map((name) => [name, grants(name)] as const);
  for (const [name, own] of all) {
    expect(own.size).toBeGreaterThan(10);
    const covered = all.filter(([other, theirs]) => other !== name && [...own].every((grant) => theirs.has(grant)));
    expect({ name, covered: covered.map(([other]) => other) }).toEqual({ name, covered: [] });
  }
});

it('lets no tenant persona touch what isolates its namespace, read Secrets, or run commands', () => {
  for (const name of TENANT_ROLES) {
    const writes = [...grants(name)].filter((grant) => !/ (get|list|watch)$/.test(grant)).map((grant) => grant.split(' ')[0]);
    expect(
      writes.filter((resource) =>
        /networkpolicies|resourcequotas|limitranges|namespaces|role|admissionregistration/.test(resource as string),
      ),
    ).toEqual([]);
    expect([...grants(name)].filter((grant) => /secrets|exec|attach|portforward|serviceaccounts\/token/.test(grant))).toEqual([]);
  }
});

it('lets only the platform operator change admission', () => {
  const writers = [...TENANT_ROLES, 'platform-operator', 'auditor'].filter((name) =>
    [...grants(name)].some((grant) => /^admissionregistration.* (create|update|patch|delete)/.test(grant)),
  );
  expect(writers).toEqual(['platform-operator']);
});

it('lets the auditor read policies and roles, and nothing else than read', () => {
  const own = [...grants('auditor')];
  expect(own.filter((grant) => !/ (get|list|watch)$/.test(grant))).toEqual([]);
  expect(own).toEqual(expect.arrayContaining(['rbac.authorization.k8s.io/clusterroles list', 'networking.k8s.io/networkpolicies get']));
});

it('looks like this: the priority of workloads', () => {
  expectYaml(
    'stack-priority',
    objects().filter((object) => object.kind === 'PriorityClass'),
  );
});

it('gives workloads the priority class with a blueprint, unless it is left out or they name another', () => {
  const priorityOf = (settings: PlatformSettingsProps) => {
    const app = new HardenedApp({ settings: { ...SETTINGS, ...settings } });
    new HardenedDeployment(new HardenedBaseline(app, 'baseline', PROPS).namespace('shop'), 'web', {
      image: IMAGE,
      port: 8080,
      probes: Probes.tcp(),
    });
    const all = app.synthesise().artifacts.manifests.map(({ object }) => object);
    return only(all, 'Deployment')['spec'].template.spec.priorityClassName as unknown;
  };
  expect(priorityOf({ priorityClassName: loadBlueprint().settings.priorityClassName })).toBe('standard');
  expect(priorityOf({})).toBeUndefined();
});

it('says what the API servers record, unless it is left out or the blueprint says otherwise', () => {
  const audit = (props: HardenedBaselineProps) => {
    const app = new HardenedApp({ settings: SETTINGS });
    new HardenedBaseline(app, 'baseline', props);
    return controlPlaneSpecOf(app, CLUSTER).audit;
  };
  expect(audit({})?.policy.rules.at(-1)).toEqual({ level: 'RequestResponse' });
  expect(audit({ audit: { profile: 'balanced' } })?.policy.rules.at(-1)).toEqual({ level: 'Metadata' });
  expect(audit({ without: ['audit'] })).toBeUndefined();
});

it('refuses two answers to what is recorded, and says where both are', () => {
  const app = new HardenedApp({ settings: SETTINGS });
  new HardenedBaseline(app, 'baseline');
  new AuditLogging(app, 'mine');
  expect(() => controlPlaneSpecOf(app, CLUSTER)).toThrow(/\[mine\] audit of the control plane is already set by baseline\/audit\/logging/);
});

it('denies by default in the namespaces that every cluster has', () => {
  const denied = objects()
    .filter((object) => object.kind === 'NetworkPolicy' && object.metadata.name === 'default-deny')
    .map((object) => object.metadata.namespace);
  expect(denied).toEqual(expect.arrayContaining(['default', 'kube-node-lease', 'kube-public', 'kube-system', 'shop']));
});

it('leaves stacks out by name, and lets a team put its workloads into a tenant’s namespace', () => {
  expect(objects({ ...PROPS, without: ['personas', 'system-namespaces'] }).some((object) => object.kind === 'ClusterRole')).toBe(false);
  const app = new HardenedApp({ settings: SETTINGS });
  const baseline = new HardenedBaseline(app, 'baseline', PROPS);
  new HardenedDeployment(baseline.namespace('shop'), 'web', { image: IMAGE, port: 8080, probes: Probes.tcp() });
  const all = app.synthesise().artifacts.manifests.map(({ object }) => object);
  expect(only(all, 'Deployment').metadata.namespace).toBe('shop');
  expect(() => baseline.namespace('none')).toThrow(/No tenant has a namespace 'none'\. There are shop\./);
  expect(() => new HardenedBaseline(app, 'other', { without: ['tenants'] }).namespace('shop')).toThrow(/the stack 'tenants' is left out/);
});

describe('for the API server', () => {
  const of = (props: HardenedBaselineProps): Partial<ControlPlaneSpec> => {
    const { cluster: _cluster, ...sections } = controlPlaneOf((app) => new HardenedBaseline(app, 'baseline', props));
    return sections;
  };

  it('encrypts, restricts pods and anonymous requests, and authorizes by Node and RBAC, without being told', () => {
    expect(of({})).toMatchObject({
      encryption: { provider: 'secretbox', resources: ['*.*'] },
      authentication: {
        anonymous: { enabled: true, conditions: [{ path: '/livez' }, { path: '/readyz' }, { path: '/healthz' }] },
        jwt: [],
      },
      authorization: { form: 'flag' },
      admission: { podSecurity: { defaults: { enforce: 'restricted' } } },
    });
  });

  it('does what the blueprint says, and nothing of a stack that is left out', () => {
    const access = { oidc: [{ issuer: 'https://id.example.com', audiences: ['kubernetes'] }], authorization: { form: 'file' } } as const;
    expect(of({ access, encryption: { resources: ['secrets'] }, admission: { alwaysPullImages: true } })).toMatchObject({
      encryption: { resources: ['secrets'] },
      authentication: { jwt: [{ issuer: { url: 'https://id.example.com' } }] },
      authorization: { form: 'file' },
      admission: { plugins: ['NodeRestriction', 'DenyServiceExternalIPs', 'EventRateLimit', 'AlwaysPullImages'] },
    });
    const left = of({ without: ['access', 'admission', 'encryption'] });
    expect(['admission', 'authentication', 'authorization', 'encryption'].filter((section) => section in left)).toEqual([]);
  });
});

it('writes files for the hosts of a cluster that it knows, unless that is left out', () => {
  const { name, endpoint, hosts, network } = CLUSTER;
  const paths = (props: HardenedBaselineProps) => {
    const app = new HardenedApp({ settings: { ...SETTINGS, distribution: 'kubeadm' } });
    new HardenedBaseline(app, 'baseline', props);
    return app.synthesise().artifacts.nodeFiles.map(({ path }) => path);
  };
  const controlPlane = { name, endpoint, hosts, network };
  expect(paths({ controlPlane })).toEqual(expect.arrayContaining(['/etc/kubernetes/kubeadm/init.yaml', '/install.sh']));
  expect(paths({})).toEqual([]);
  expect(paths({ controlPlane, without: ['control-plane'] })).toEqual([]);
});

it('lets a platform team use its own namespace class', () => {
  class Branded extends IsolatedNamespace {}
  class Ours extends HardenedBaseline {
    public override createNamespace(...args: Parameters<HardenedBaseline['createNamespace']>): IsolatedNamespace {
      return new Branded(...args);
    }
  }
  expect(new Ours(new HardenedApp({ settings: SETTINGS }), 'baseline', PROPS).namespace('shop')).toBeInstanceOf(Branded);
});

it('has nothing to find in the blueprint of this project', () => {
  const { settings, baseline } = loadBlueprint();
  const app = new HardenedApp({ settings });
  new HardenedBaseline(app, 'baseline', baseline);
  const { assessment, artifacts } = app.synthesise();
  expect(assessment.passed).toBe(true);
  expect(artifacts.manifests.length).toBeGreaterThan(40);
});
