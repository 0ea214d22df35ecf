import * as fs from 'node:fs';
import * as path from 'node:path';
import { VALID_POD } from '../../src/rules';
import { Cluster } from './cluster';
import { until } from './cluster/processes';
import { sharedCluster } from './cluster/shared-cluster';
import type { Answer } from './cluster/requests';
import { ACTIONS, GROUP_OF, MAY, PERSONAS } from './proofs/personas';
import type { Persona } from './proofs/personas';
import { proof } from './proofs/proof';

const cluster = sharedCluster();

/** Sends a request as a person of a group; the administrator may impersonate. */
function requestAs(group: string, target: string, options: { method?: string; body?: unknown } = {}): Promise<Answer> {
  const patch: Record<string, string> = options.method === 'PATCH' ? { 'content-type': 'application/merge-patch+json' } : {};
  const headers = { 'Impersonate-User': 'oidc:ann@example.com', 'Impersonate-Group': group, ...patch };
  return cluster.requestWith('admin.conf', target, { ...options, headers });
}

/** Whether RBAC let a request pass; what admission or the object said afterwards is another matter. */
function isAuthorized({ status, text }: Answer): boolean {
  return !(status === 403 && / cannot | is attempting to grant RBAC permissions not currently held/.test(text));
}

async function allowedTo(group: string): Promise<string[]> {
  const answers = await Promise.all(
    Object.entries(ACTIONS).map(async ([name, { target, ...options }]) => ({
      name,
      allowed: isAuthorized(await requestAs(group, target, options)),
    })),
  );
  return answers.filter(({ allowed }) => allowed).map(({ name }) => name);
}

interface ResourceRule {
  readonly verbs: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** What a persona may change and what it only reads, as docs/stacks.md writes it. */
interface Rights {
  readonly changes: readonly string[];
  readonly reads: readonly string[];
}

const WRITES = ['create', 'delete', 'patch', 'update'];

/** The rights of a group in a namespace, as the API server says; without what everybody who logs in has. */
async function rightsOf(group: string, namespace: string): Promise<Rights> {
  const asked = async (who: string): Promise<ResourceRule[]> => {
    const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } };
    const answer = await requestAs(who, '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', { method: 'POST', body });
    return (JSON.parse(answer.text) as { status: { resourceRules: ResourceRule[] } }).status.resourceRules;
  };
  const everybody = (await asked('oidc:nobody')).map((rule) => JSON.stringify(rule));
  const own = (await asked(group)).filter((rule) => !everybody.includes(JSON.stringify(rule)));
  const named = own.flatMap(({ resources = [], resourceNames, verbs }) => {
    const writes = verbs.filter((verb) => !['get', 'list', 'watch'].includes(verb)).sort();
    const some = writes.length > 0 && writes.join() !== WRITES.join() ? ` (${writes.join(', ')})` : '';
    return resources.map((resource) => ({
      name: `${resource}${some}${resourceNames ? ` ${resourceNames.join()}` : ''}`,
      writes: writes.length > 0,
    }));
  });
  const [changes, reads] = [true, false].map((write) => named.flatMap(({ name, writes }) => (writes === write ? [name] : [])).sort());
  return { changes, reads } as Rights;
}

function documentedRights(persona: Persona): Rights {
  const page = fs.readFileSync(path.join(__dirname, '../../docs/stacks.md'), 'utf8');
  const cells = new RegExp(`^\\| \`${persona}\` \\| (.*) \\| (.*) \\|$`, 'm').exec(page) as RegExpExecArray;
  const [changes, reads] = cells.slice(1).map((cell) =>
    [...cell.matchAll(/[a-z/]+(?: \([^)]*\))?/g)]
      .map(([entry]) => entry.replace(/\((.*)\)/, (_all, verbs: string) => `(${verbs.split(', ').sort().join(', ')})`))
      .filter((entry) => entry !== 'nothing')
      .sort(),
  );
  return { changes, reads } as Rights;
}

describe.each(PERSONAS.filter((persona) => persona !== 'break-glass'))('%s', (persona) => {
  proof(['AUTH-05', 'AUTH-06'], `${persona}: the API server knows the rights of docs/stacks.md, and no other`, async () => {
    const documented = documentedRights(persona);
    expect(documented.reads.length).toBeGreaterThan(2);
    expect(await rightsOf(GROUP_OF[persona], 'shop')).toEqual(documented);
  });

  proof('AUTH-06', `${persona}: of ${Object.keys(ACTIONS).length} requests those pass that it is there for`, async () => {
    expect(await allowedTo(GROUP_OF[persona])).toEqual(MAY[persona]);
  });
});

/** Those who may do a thing. */
async function whoMay(action: keyof typeof ACTIONS): Promise<Persona[]> {
  const { target, ...options } = ACTIONS[action];
  const answers = await Promise.all(
    PERSONAS.map(async (persona) => ({ persona, answer: await requestAs(GROUP_OF[persona], target, options) })),
  );
  return answers.filter(({ answer }) => isAuthorized(answer)).map(({ persona }) => persona);
}

proof('AUTH-07', 'break-glass does all of it, which nobody else does; another group does nothing', async () => {
  expect(await allowedTo(GROUP_OF['break-glass'])).toEqual(Object.keys(ACTIONS));
  expect(await allowedTo('oidc:nobody')).toEqual([]);
  expect(await whoMay('gives cluster-admin away')).toEqual(['break-glass']);
});

proof('NET-25', 'nobody but break-glass reads a Secret: by list, by name, by watch', async () => {
  expect(await whoMay('reads the Secrets of the namespace')).toEqual(['break-glass']);
  expect(await whoMay('reads one Secret by its name')).toEqual(['break-glass']);
  expect(await whoMay('watches the Secrets of the cluster')).toEqual(['break-glass']);
});

proof('AUTH-09', 'nobody but break-glass gets into a container or to a kubelet', async () => {
  const ways = [
    ...(['runs a command in a container', 'runs a command over a WebSocket', 'attaches to a container', 'forwards a port'] as const),
    ...(['adds a container to a pod', 'reaches a pod through the API server', 'reaches a kubelet'] as const),
  ];
  expect(await Promise.all(ways.map(whoMay))).toEqual(ways.map(() => ['break-glass']));
});

proof('AUTH-08', 'who writes roles gives away no more than it has, and nobody impersonates', async () => {
  const { target, ...options } = ACTIONS['gives cluster-admin away'];
  const answer = await requestAs(GROUP_OF['platform-operator'], target, options);
  expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('not currently held') as string });
  const verbs = ['escalate', 'bind', 'impersonate'].flatMap((verb) =>
    PERSONAS.map(async (persona) => {
      const resource = verb === 'impersonate' ? { resource: 'groups' } : { group: 'rbac.authorization.k8s.io', resource: 'clusterroles' };
      const body = {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { verb, ...resource } },
      };
      const review = await requestAs(GROUP_OF[persona], '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { method: 'POST', body });
      return (JSON.parse(review.text) as { status: { allowed: boolean } }).status.allowed ? persona : undefined;
    }),
  );
  expect((await Promise.all(verbs)).filter(Boolean)).toEqual(['break-glass', 'break-glass', 'break-glass']);
});

proof('AUTH-05', 'every controller asks with a service account of its own', () => {
  const accounts = new Set(
    cluster.auditRecords().flatMap(({ user }) => /^system:serviceaccount:kube-system:(.+)$/.exec(user.username ?? '')?.[1] ?? []),
  );
  expect([...accounts]).toEqual(
    expect.arrayContaining(['namespace-controller', 'service-account-controller', 'root-ca-cert-publisher', 'resourcequota-controller']),
  );
  return Promise.resolve();
});

describe('a node', () => {
  const asNode = (of: Cluster, target: string): Promise<Answer> => of.requestWith('kubelet.conf', target);

  proof('AUTH-04', 'a node reads no Secret of a pod that does not run there; with AlwaysAllow it, and everybody, reads all', async () => {
    const open = await Cluster.start({ controllers: false, tamper: ({ host }) => alwaysAllow(host) });
    try {
      const targets = ['/api/v1/secrets', '/api/v1/namespaces/shop/secrets/db', '/api/v1/namespaces/kube-system/serviceaccounts'];
      const statuses = async (of: Cluster): Promise<number[]> =>
        Promise.all(targets.map(async (target) => (await asNode(of, target)).status));
      expect(await statuses(cluster)).toEqual([403, 403, 403]);
      expect(await statuses(open)).toEqual([200, 404, 200]);
    } finally {
      await open.stop();
    }
  });
});

function alwaysAllow(host: string): void {
  const manifest = path.join(host, 'etc/kubernetes/manifests/kube-apiserver.yaml');
  fs.writeFileSync(manifest, fs.readFileSync(manifest, 'utf8').replace('authorization-mode=Node,RBAC', 'authorization-mode=AlwaysAllow'));
}

describe('namespaces', () => {
  const POD_SPEC = VALID_POD['spec'] as { readonly containers: readonly [object] };
  const dry = (target: string, body: object): Promise<Answer> =>
    cluster.requestWith('admin.conf', `${target}?dryRun=All`, { method: 'POST', body });
  const account = '/api/v1/namespaces/data/serviceaccounts';
  beforeAll(() =>
    cluster.requestWith('admin.conf', account, {
      method: 'POST',
      body: { metadata: { name: 'proof' }, automountServiceAccountToken: false },
    }),
  );
  afterAll(() => cluster.requestWith('admin.conf', `${account}/proof`, { method: 'DELETE' }));

  /** A pod of the tenant `data` with these resources. */
  function podWith(resources: object | undefined): object {
    const image = `docker.io/library/nginx:1.29.3@sha256:${'0'.repeat(64)}`;
    const spec = { ...POD_SPEC, serviceAccountName: 'proof', containers: [{ ...POD_SPEC.containers[0], image, resources }] };
    return { metadata: { name: 'proof' }, spec };
  }
  const asking = (cpu: string): object => {
    const amounts = { cpu, memory: '64Mi', 'ephemeral-storage': '64Mi' };
    return podWith({ requests: amounts, limits: amounts });
  };

  proof('NET-08', 'a tenant gets what its quota has and no more; a container that says nothing is bounded', async () => {
    const pods = '/api/v1/namespaces/data/pods';
    expect(await dry(pods, asking('1'))).toMatchObject({ status: 201 });
    expect(await dry(pods, asking('3'))).toMatchObject({ status: 403, text: expect.stringContaining('exceeded quota: quota') as string });
    expect(await dry(pods, asking('5'))).toMatchObject({ status: 403, text: expect.stringContaining('maximum cpu usage') as string });
    const bounded = JSON.parse((await dry(pods, podWith(undefined))).text) as { spec: { containers: [{ resources: object }] } };
    expect(bounded.spec.containers[0].resources).toEqual({
      requests: { cpu: '100m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
      limits: { cpu: '200m', memory: '128Mi', 'ephemeral-storage': '256Mi' },
    });
  });

  proof(['AUTH-10', 'POD-19'], 'a pod that names no service account gets no token', async () => {
    const { serviceAccountName: _name, automountServiceAccountToken: _mount, ...spec } = POD_SPEC as Record<string, unknown>;
    await cluster.requestWith('admin.conf', '/api/v1/namespaces', { method: 'POST', body: { metadata: { name: 'with-tokens' } } });
    const volumes = async (namespace: string): Promise<string[]> => {
      const answer = await dry(`/api/v1/namespaces/${namespace}/pods`, { metadata: { name: 'proof' }, spec });
      const pod = JSON.parse(answer.text) as { spec: { volumes?: { name: string }[] } };
      return (pod.spec.volumes ?? []).map(({ name }) => name.replace(/-[a-z0-9]{5}$/, ''));
    };
    for (const namespace of ['default', 'kube-public', 'kube-node-lease', 'kube-system']) {
      expect([namespace, await volumes(namespace)]).toEqual([namespace, []]);
    }
    // A namespace that nobody hardened.
    await until(
      'it has a service account',
      async () => (await cluster.kubectl(['get', 'serviceaccount', 'default', '--namespace=with-tokens'])).status === 0,
    );
    expect(await volumes('with-tokens')).toEqual(['kube-api-access']);
    await cluster.requestWith('admin.conf', '/api/v1/namespaces/with-tokens', { method: 'DELETE' });
  });
});
