import * as fs from 'node:fs';
import * as path from 'node:path';
import { CLUSTER_PERSONA_PERMISSIONS, HardenedApp, HardenedBaseline, TENANT_PERSONA_PERMISSIONS } from '../../src';
import type { KubeObject, Permission } from '../../src';
import { expectYaml } from '../support/snapshot';

const PERSONAS: Readonly<Record<string, readonly Permission[]>> = { ...TENANT_PERSONA_PERMISSIONS, ...CLUSTER_PERSONA_PERMISSIONS };
const WRITES = 4;

/** Every persona, synthesised with a group of its own. */
function objects(): KubeObject[] {
  const app = new HardenedApp();
  new HardenedBaseline(app, 'baseline', {
    groups: { 'break-glass': ['oncall'], 'platform-operator': ['platform'], auditor: ['security'] },
    tenants: [
      {
        name: 'shop',
        owner: 'shop@example.com',
        namespaces: ['shop'],
        groups: { 'tenant-admin': ['leads'], developer: ['devs'], viewer: ['support'], 'ci-deployer': ['ci'] },
      },
    ],
  });
  return app.synthesise().artifacts.manifests.map(({ object }) => object);
}

const isRead = (verb: string): boolean => ['get', 'list', 'watch'].includes(verb);

it('looks like this: break-glass', () => {
  expectYaml(
    'stack-break-glass',
    objects().filter((object) => object.metadata.name === 'break-glass'),
  );
});

it('grants to tenants in their namespace only: no ClusterRole but those of the platform', () => {
  const clusterWide = objects()
    .filter((object) => /^ClusterRole(Binding)?$/.test(object.kind))
    .map((object) => object.metadata.name);
  expect([...new Set(clusterWide)].sort()).toEqual(['auditor', 'break-glass', 'platform-operator']);
});

it('has only the verbs that are meant in its roles: no wildcard, nothing that turns a small role into any role', () => {
  const roles = objects().filter((object) => /^(Cluster)?Role$/.test(object.kind));
  const verbs = new Set(roles.flatMap((role) => (role['rules'] as { verbs: string[] }[]).flatMap((rule) => rule.verbs)));
  expect(roles).toHaveLength(6);
  expect([...verbs].sort()).toEqual(['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']);
});

it('lets the auditor see who asked for a certificate, and everything that decides on admission', () => {
  const seen = CLUSTER_PERSONA_PERMISSIONS.auditor.map(({ resource }) => resource.plural);
  expect(seen).toEqual(
    expect.arrayContaining([
      'certificatesigningrequests',
      'apiservices',
      'mutatingadmissionpolicies',
      'validatingadmissionpolicies',
      'clusterrolebindings',
      'networkpolicies',
    ]),
  );
  expect(seen).not.toContain('secrets');
});

// docs/stacks.md says that whoever applies the baseline needs more than the platform operator has.
it('gives the platform operator less than the roles that it would have to give away', () => {
  const held = new Set(
    CLUSTER_PERSONA_PERMISSIONS['platform-operator'].flatMap(({ resource, verbs }) =>
      verbs.map((verb) => `${resource.group}/${resource.plural} ${verb}`),
    ),
  );
  const cannotGive = Object.entries(TENANT_PERSONA_PERMISSIONS)
    .filter(([, permissions]) =>
      permissions.some(({ resource, verbs }) => verbs.some((verb) => !held.has(`${resource.group}/${resource.plural} ${verb}`))),
    )
    .map(([persona]) => persona);
  expect(cannotGive).toEqual(['tenant-admin', 'developer', 'ci-deployer']);
});

describe('the table in docs/stacks.md', () => {
  const page = fs.readFileSync(path.join(__dirname, '../../docs/stacks.md'), 'utf8');

  it.each(Object.entries(PERSONAS))('says what %s may do', (persona, permissions) => {
    const named = ({ resource, verbs }: Permission): string => {
      const writes = verbs.filter((verb) => !isRead(verb));
      return writes.length === 0 || writes.length === WRITES ? resource.plural : `${resource.plural} (${writes.join(', ')})`;
    };
    const changed = permissions.filter(({ verbs }) => !verbs.every(isRead)).map(named);
    const read = permissions.filter(({ verbs }) => verbs.every(isRead)).map(named);
    expect(page).toContain(`| \`${persona}\` | ${changed.join(', ') || 'nothing'} | ${read.join(', ') || 'nothing else'} |\n`);
  });
});
