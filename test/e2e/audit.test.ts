import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { AUDIT_EVIDENCE, AUDIT_LEVELS, auditLevel, CREDENTIAL_RESOURCES } from '../../src';
import type { AuditPolicy, AuditRequest, RequestedResource } from '../../src';
import { argumentsOf } from './cluster/command-lines';
import { clientNamed } from './cluster/certificates';
import type { AuditRecord } from './cluster';
import { until } from './cluster/processes';
import { clientOf } from './cluster/requests';
import type { Answer, RequestOptions } from './cluster/requests';
import { sharedCluster } from './cluster/shared-cluster';
import { REQUESTS, resourceRequest, USERS } from './proofs/audited-requests';
import type { Audited, UserName } from './proofs/audited-requests';
import { proof } from './proofs/proof';

const cluster = sharedCluster();

/** The policy that the API server was started with. */
function policyInForce(): AuditPolicy {
  const flags = argumentsOf('kube-apiserver', { host: cluster.host, ports: cluster.ports });
  const [, file] = flags.map((flag) => /^--audit-policy-file=(.*)$/.exec(flag)).find((match) => match !== null) as RegExpExecArray;
  return parse(fs.readFileSync(file as string, 'utf8')) as AuditPolicy;
}

let credentials: Readonly<Record<UserName, RequestOptions>>;
let scopes: ReadonlyMap<string, boolean>;
beforeAll(async () => {
  const account = '/api/v1/namespaces/kube-public/serviceaccounts';
  await asAdministrator(account, { method: 'POST', body: { metadata: { name: 'audited' } } });
  const token = await asAdministrator(`${account}/audited/token`, { method: 'POST', body: { spec: {} } });
  const kubeconfig = (name: string): RequestOptions => clientOf(path.join(cluster.host, 'etc/kubernetes', name));
  credentials = {
    anonymous: {},
    nobody: {},
    'bad token': { token: 'not-a-token' },
    administrator: kubeconfig('admin.conf'),
    'super administrator': kubeconfig('super-admin.conf'),
    node: kubeconfig('kubelet.conf'),
    'controller manager': kubeconfig('controller-manager.conf'),
    scheduler: kubeconfig('scheduler.conf'),
    'kube-proxy': await clientNamed(path.join(cluster.host, 'etc/kubernetes/pki'), 'system:kube-proxy'),
    'service account': { token: (JSON.parse(token.text) as { status: { token: string } }).status.token },
  };
  const { stdout } = await cluster.kubectl(['api-resources', '-o', 'wide', '--no-headers']);
  scopes = new Map(
    [...stdout.matchAll(/^(\S+) .*?\s(true|false)\s/gm)].map(([, name, namespaced]) => [String(name), namespaced === 'true']),
  );
});

function asAdministrator(target: string, options: RequestOptions): Promise<Answer> {
  return cluster.requestWith('admin.conf', target, options);
}

/** Sends requests, and returns what each has left in the log. A last one tells that the log has them all. */
async function recordsOf(requests: readonly Audited[]): Promise<AuditRecord[][]> {
  const ids = await Promise.all(requests.map((request) => sent(request)));
  const last = await sent({ user: 'administrator', method: 'GET', target: '/api/v1/namespaces/kube-public/pods', verb: 'list' });
  await until('the last request is in the log', () => Promise.resolve(logText().includes(last)));
  const all = cluster.auditRecords();
  return ids.map((id) => all.filter(({ auditID }) => auditID === id));
}

/** Sends a request, and returns the name that it has in the log. */
async function sent({ user, method, target, body }: Audited): Promise<string> {
  const id = crypto.randomUUID();
  const patch: Record<string, string> = method === 'PATCH' ? { 'content-type': 'application/merge-patch+json' } : {};
  await cluster.request(target, { method, body, ...credentials[user], headers: { 'Audit-ID': id, ...patch } });
  return id;
}

function logText(): string {
  return fs.readFileSync(path.join(cluster.host, 'var/log/kubernetes/audit/audit.log'), 'utf8');
}

/** What the policy in force has the API server record of a request, by our simulator: level and stage of each record. */
function predicted({ user, verb, resource, target }: Audited): string[] {
  const asked = resource ? { resource } : { path: String(target.split('?')[0]) };
  const who: AuditRequest['user'] = user === 'node' ? { ...USERS.node, name: nodeName() } : USERS[user];
  const { level, stages } = auditLevel(policyInForce(), { user: who, verb, ...asked });
  const comes =
    who === undefined
      ? ['ResponseStarted']
      : isLongRunning(verb, resource)
        ? ['ResponseStarted', 'ResponseComplete']
        : ['ResponseComplete'];
  return comes.filter((stage) => (stages as readonly string[]).includes(stage)).map((stage) => `${level} ${stage}`);
}

const LONG_RUNNING = ['exec', 'attach', 'portforward', 'proxy', 'log'];
function isLongRunning(verb: string, resource?: RequestedResource): boolean {
  return verb === 'watch' || LONG_RUNNING.includes(resource?.subresource ?? '');
}

function nodeName(): string {
  const { cert } = clientOf(path.join(cluster.host, 'etc/kubernetes/kubelet.conf'));
  return String(/CN=(.*)/.exec(new crypto.X509Certificate(cert).subject)?.[1]);
}

const shown = ({ user, method, target }: Audited): string => `${user}: ${method} ${target}`;

/** Every request that shows an action of an attacker, as the table has it. */
function attacks(): (Audited & { readonly action: string; readonly wanted: string })[] {
  return AUDIT_EVIDENCE.flatMap(({ action, level, verbs, resources }) =>
    resources.flatMap((resource) =>
      verbs.map((verb) => ({
        ...resourceRequest('administrator', verb, resource, scopes.get(resource.resource) ?? false, { note: MARK }),
        action,
        wanted: level,
      })),
    ),
  );
}

const MARK = 'as-the-attacker-wants-it';

proof('LOG-01', `${REQUESTS.length} requests of all kinds are recorded at the level and the stages that auditLevel predicts`, async () => {
  const records = await recordsOf(REQUESTS);
  const found = REQUESTS.map((request, index) => [shown(request), (records[index] ?? []).map(({ level, stage }) => `${level} ${stage}`)]);
  expect(found).toEqual(REQUESTS.map((request) => [shown(request), predicted(request)]));
  expect(new Set(records.flat().map(({ level }) => level))).toEqual(new Set(['Metadata', 'Request', 'RequestResponse']));
});

proof('LOG-11', 'every action of an attacker that requests show leaves a record, writes with their bodies', async () => {
  const requests = attacks();
  expect(requests.length).toBeGreaterThan(100);
  const records = await recordsOf(requests);
  const found = requests.map((request, index) => [shown(request), (records[index] ?? []).map(({ level, stage }) => `${level} ${stage}`)]);
  expect(found).toEqual(requests.map((request) => [shown(request), predicted(request)]));
  const rank = (level: string): number => (AUDIT_LEVELS as readonly string[]).indexOf(level);
  const missed = requests.filter(({ wanted }, index) => !(records[index] ?? []).some(({ level }) => rank(level) >= rank(wanted)));
  expect(missed.map(shown)).toEqual([]);
  const bodies = requests.flatMap((request, index) => {
    const [record] = records[index] as [AuditRecord];
    return request.wanted === 'RequestResponse' && request.body !== undefined
      ? [{ what: shown(request), status: record.responseStatus?.code, body: JSON.stringify(record.requestObject ?? null) }]
      : [];
  });
  // 405: there is no such request.
  expect(bodies.filter(({ status, body }) => status !== 405 && !body.includes(MARK))).toEqual([]);
});

proof('LOG-03', 'of Secrets, ConfigMaps, tokens and token reviews no body is recorded, whoever asks and however', async () => {
  const users = ['administrator', 'super administrator', 'service account', 'node'] as const;
  const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
  const requests = CREDENTIAL_RESOURCES.flatMap((resource) =>
    users.flatMap((user) =>
      verbs.map((verb) => resourceRequest(user, verb, resource, scopes.get(resource.resource) ?? false, { note: 'hidden-in-the-body' })),
    ),
  );
  const records = await recordsOf(requests);
  expect(records.map((of) => of.length > 0)).toEqual(requests.map(() => true));
  expect(new Set(records.flat().map(({ level }) => level))).toEqual(new Set(['Metadata']));
  expect(records.flat().filter(({ requestObject, responseObject }) => requestObject !== undefined || responseObject !== undefined)).toEqual(
    [],
  );
});

proof('LOG-03', 'what a Secret holds and what a token is stand nowhere in the log', async () => {
  const secrets = '/api/v1/namespaces/kube-public/secrets';
  const word = Buffer.from('hidden-in-the-secret').toString('base64');
  const made = await asAdministrator(secrets, { method: 'POST', body: { metadata: { name: 'audited' }, data: { word } } });
  const read = await Promise.all([`${secrets}/audited`, secrets, '/api/v1/secrets'].map((target) => asAdministrator(target, {})));
  const { token } = credentials['service account'];
  const review = await asAdministrator('/apis/authentication.k8s.io/v1/tokenreviews', { method: 'POST', body: { spec: { token } } });
  await asAdministrator(`${secrets}/audited`, { method: 'DELETE' });
  expect([made, ...read, review].map(({ status }) => status)).toEqual([201, 200, 200, 200, 201]);
  await recordsOf([]);
  const log = logText();
  expect([word, 'hidden-in-the-secret', 'hidden-in-the-body', String(token)].filter((text) => log.includes(text))).toEqual([]);
  expect(log).toContain(MARK); // of other objects the bodies are there
});

proof('LOG-18', 'who probes without a name, or with a bad one, is in the log; health probes are not', async () => {
  const probe = (target: string): Audited => ({ user: 'nobody', method: 'GET', target, verb: 'get' });
  const probes = ['/api', '/version', '/api/v1/secrets', '/apis/rbac.authorization.k8s.io/v1/clusterroles', '/metrics'].map(probe);
  const records = await recordsOf([
    ...probes,
    ...probes.map((of) => ({ ...of, user: 'bad token' as const })),
    probe('/livez'),
    probe('/readyz'),
  ]);
  const seen = records.map((of) => of.map(({ responseStatus, sourceIPs }) => `${responseStatus?.code} from ${sourceIPs.join()}`).join());
  expect(seen).toEqual([...Array<string>(10).fill('401 from 127.0.0.1'), '', '']);
});
