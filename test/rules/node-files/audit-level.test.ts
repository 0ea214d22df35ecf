import { auditLevel } from '../../../src/rules';
import type { AuditPolicy, AuditPolicyRule, AuditRequest } from '../../../src/rules';

const policy = (...rules: AuditPolicyRule[]): AuditPolicy => ({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules });
const JANE = { name: 'jane', groups: ['developers', 'system:authenticated'] };

/** A request of jane's; `apps:deployments/scale` is a resource with group and subresource. */
function request(verb: string, what: string, more: { namespace?: string; name?: string } = {}): AuditRequest {
  if (what.startsWith('/')) {
    return { user: JANE, verb, path: what };
  }
  const [, group = '', resource = '', subresource] = /^(?:([^:]*):)?([^/]*)(?:\/(.*))?$/.exec(what) ?? [];
  return { user: JANE, verb, resource: { group, resource, ...(subresource ? { subresource } : {}), ...more } };
}

const matches = (rule: Omit<AuditPolicyRule, 'level'>, asked: AuditRequest): boolean =>
  auditLevel(policy({ level: 'Metadata', ...rule }), asked).level === 'Metadata';

const core = (...resources: string[]) => ({ resources: [{ group: '', resources }] });

it.each<[string, Omit<AuditPolicyRule, 'level'>, AuditRequest, boolean]>([
  ['a resource by its name', core('pods'), request('get', 'pods'), true],
  ['no subresource by the name of its resource', core('pods'), request('get', 'pods/exec'), false],
  ['a subresource by its own name', core('pods/exec'), request('get', 'pods/exec'), true],
  ['every subresource by pods/*', core('pods/*'), request('get', 'pods/exec'), true],
  ['the resource too by pods/*', core('pods/*'), request('get', 'pods'), true],
  ['no other resource by pods/*', core('pods/*'), request('get', 'podtemplates'), false],
  ['a subresource of every resource by */scale', core('*/scale'), request('get', 'replicationcontrollers/scale'), true],
  ['no resource called scale by */scale', core('*/scale'), request('get', 'scale'), false],
  ['everything of the group by *', core('*'), request('get', 'pods/exec'), true],
  ['nothing by */*', core('*/*'), request('get', 'pods/exec'), false],
  ['no other group', core('*'), request('get', 'apps:deployments'), false],
  ['the core group when none is named', { resources: [{}] }, request('get', 'pods'), true],
  ['the whole group when no resources are named', { resources: [{ group: 'apps' }] }, request('get', 'apps:deployments/scale'), true],
  ['every group by *', { resources: [{ group: '*', resources: ['secrets'] }] }, request('get', 'a.b:secrets'), true],
  ['an object by its name', { resources: [{ resources: ['pods'], resourceNames: ['a'] }] }, request('get', 'pods', { name: 'a' }), true],
  ['no list by the name of an object', { resources: [{ resources: ['pods'], resourceNames: ['a'] }] }, request('list', 'pods'), false],
  ['a namespace', { namespaces: ['shop'] }, request('get', 'pods', { namespace: 'shop' }), true],
  ['what is in no namespace by the empty name', { namespaces: [''] }, request('get', 'nodes'), true],
  ['no path by a namespace', { namespaces: ['shop'] }, request('get', '/version'), false],
  ['a verb', { verbs: ['get'] }, request('get', 'pods'), true],
  ['no other verb', { verbs: ['get'] }, request('list', 'pods'), false],
  ['a user', { users: ['jane'] }, request('get', 'pods'), true],
  ['a user in one of the groups', { userGroups: ['admins', 'developers'] }, request('get', 'pods'), true],
  ['nobody else', { userGroups: ['admins'] }, request('get', 'pods'), false],
  ['no caller whose authentication failed by a user', { users: ['jane'] }, { verb: 'get', path: '/' }, false],
  ['no caller whose authentication failed by a group', { userGroups: ['developers'] }, { verb: 'get', path: '/' }, false],
  ['such a caller by what names nobody', {}, { verb: 'get', path: '/' }, true],
  ['a path', { nonResourceURLs: ['/version'] }, request('get', '/version'), true],
  ['no longer path', { nonResourceURLs: ['/version'] }, request('get', '/version/x'), false],
  ['what begins like the path before *', { nonResourceURLs: ['/healthz*'] }, request('get', '/healthz/etcd'), true],
  ['every path by *', { nonResourceURLs: ['*'] }, request('get', '/metrics'), true],
  ['no resource by a path', { nonResourceURLs: ['*'] }, request('get', 'pods'), false],
  ['anything when nothing is named', {}, request('get', '/metrics'), true],
  ['anything when the lists are empty', { users: [], verbs: [], resources: [], nonResourceURLs: [] }, request('get', 'pods'), true],
])('matches %s', (_what, rule, asked, expected) => expect(matches(rule, asked)).toBe(expected));

it('lets the first rule that matches decide', () => {
  const rules: AuditPolicyRule[] = [{ level: 'Request', ...core('pods') }, { level: 'None', verbs: ['get'] }, { level: 'RequestResponse' }];
  const decided = (asked: AuditRequest) => {
    const { level, rule } = auditLevel(policy(...rules), asked);
    return [level, rule];
  };
  expect(decided(request('get', 'pods'))).toEqual(['Request', 0]);
  expect(decided(request('get', 'nodes'))).toEqual(['None', 1]);
  expect(decided(request('list', 'nodes'))).toEqual(['RequestResponse', 2]);
});

it('records nothing of what no rule matches', () => {
  expect(auditLevel(policy({ level: 'Metadata', ...core('pods') }), request('get', 'nodes'))).toEqual({
    level: 'None',
    stages: [],
    omitManagedFields: false,
  });
});

it('leaves out the stages that the policy or the rule omits', () => {
  const omitting: AuditPolicy = { ...policy({ level: 'Metadata', omitStages: ['Panic'] }), omitStages: ['RequestReceived'] };
  expect(auditLevel(omitting, request('get', 'pods')).stages).toEqual(['ResponseStarted', 'ResponseComplete']);
});

it('asks the rule before the policy whether managed fields are left out', () => {
  const of = (rule: Partial<AuditPolicyRule>) =>
    auditLevel({ ...policy({ level: 'Request', ...rule }), omitManagedFields: true }, request('get', 'pods')).omitManagedFields;
  expect([of({}), of({ omitManagedFields: false })]).toEqual([true, false]);
});
