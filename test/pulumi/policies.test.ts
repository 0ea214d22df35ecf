import type { PolicyResource, ResourceValidationArgs, StackValidationArgs } from '@pulumi/policy';
import {
  ARTIFACTS_RULES,
  CEL_RULES,
  containerExample,
  controlOf,
  groupOf,
  HardenedApp,
  HardenedBaseline,
  loadBlueprint,
  nameOf,
  PlatformSettings,
} from '../../src';
import type { KubeObject, PlatformSettingsProps } from '../../src';
import { hardenedPolicies } from '../../src/pulumi/policy/policies';
import { inShop, NAMESPACE } from '../support/shop';

/** The resource of an object, as the engine shows it to policies. */
function resourceOf(object: KubeObject, patch = ''): PolicyResource {
  const version = object.apiVersion === 'v1' ? 'core/v1' : object.apiVersion;
  const type = `kubernetes:${version}:${object.kind}${patch}`;
  return { type, props: object, urn: `urn:pulumi:dev::project::${type}::${nameOf(object)}` } as unknown as PolicyResource;
}

/** What the pack reports of a stack: rule, and the name of the resource. */
async function violations(resources: readonly PolicyResource[], settings?: PlatformSettingsProps): Promise<string[]> {
  const found: string[] = [];
  const of = (urn?: string) => urn?.split('::').pop();
  for (const policy of hardenedPolicies(PlatformSettings.from(settings))) {
    if ('validateStack' in policy) {
      await policy.validateStack({ resources } as unknown as StackValidationArgs, (_message, urn) =>
        found.push(`${policy.name} ${of(urn)}`),
      );
    } else {
      const validate = policy.validateResource as (args: ResourceValidationArgs, report: (message: string) => void) => void;
      resources.forEach((resource) =>
        validate(resource as unknown as ResourceValidationArgs, () => found.push(`${policy.name} ${of(resource.urn)}`)),
      );
    }
  }
  return found;
}

const PRIVILEGED = containerExample({
  securityContext: { privileged: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
});
const FOUND = 'privileged shop/web';

it('has a policy for every rule, with its control, severity and remedy', () => {
  const policies = hardenedPolicies();
  expect(policies.map(({ name }) => name)).toEqual([...CEL_RULES, ...ARTIFACTS_RULES].map(({ id }) => id));
  expect(policies.find(({ name }) => name === 'privileged')).toMatchObject({
    description: `POD-09 ${controlOf('POD-09').title}: runs privileged.`,
    enforcementLevel: 'mandatory',
    severity: controlOf('POD-09').severity,
    framework: { name: 'NSA/CISA Kubernetes Hardening Guidance', version: '1.2', reference: 'POD-09' },
    remediationSteps: expect.stringContaining('remove `privileged: true`') as string,
  });
});

it.each(CEL_RULES.map((rule) => [rule.id, rule] as const))(
  '%s speaks of a resource that its rule finds fault with, and of none that passes',
  async (id, rule) => {
    const { pass, fail } = rule.cel.examples();
    const settings = { nodes: { userNamespaces: true }, registries: ['registry.example.com/'] }; // rules that ask for nothing else
    const spoken = async (object: KubeObject) =>
      (await violations([resourceOf(object)], settings)).some((found) => found.startsWith(`${id} `));
    expect([await spoken(fail[0] as KubeObject), await spoken(pass[0] as KubeObject)]).toEqual([true, false]);
  },
);

it('asks the rules across objects for the whole stack, and names the resource', async () => {
  expect(await violations([NAMESPACE].map((object) => resourceOf(object)))).toContain('namespace-default-deny shop');
});

it('finds nothing in the baseline', async () => {
  const { settings, baseline } = loadBlueprint();
  const app = new HardenedApp({ settings });
  new HardenedBaseline(app, 'baseline', baseline);
  const resources = app.synthesise().artifacts.manifests.map(({ object }) => resourceOf(object));
  expect(await violations(resources, settings)).toEqual([]);
});

it('is silent about what a waiver of the blueprint accepts, until it expires', async () => {
  const waiver = { control: 'POD-09', target: 'Pod/shop/web', container: 'main', reason: 'r', owner: 'o', expires: '2027-01-31' };
  const on = (asOf: string) => violations([resourceOf(PRIVILEGED)], { waivers: [waiver], asOf });
  expect(await on('2027-01-31')).not.toContain(FOUND);
  expect(await on('2027-02-01')).toContain(FOUND);
});

it.each([
  ['audit', 'advisory'],
  ['warn', 'advisory'],
  ['deny', 'mandatory'],
] as const)('where the blueprint says %s for a rule, its policy is %s', (action, level) => {
  const [policy] = hardenedPolicies(
    PlatformSettings.from({ enforcement: { rules: { 'host-namespaces': action }, exempt: { users: ['u'] } } }),
  );
  expect(policy).toMatchObject({ name: 'host-namespaces', enforcementLevel: level });
});

it('takes the level of the blueprint for all rules that it does not name', () => {
  const policies = hardenedPolicies(PlatformSettings.from({ enforcement: { default: 'audit', exempt: { users: ['u'] } } }));
  expect(new Set(policies.map(({ enforcementLevel }) => enforcementLevel))).toEqual(new Set(['advisory']));
});

it('judges what a list holds, and what the provider has added to an object', async () => {
  const list = { apiVersion: 'v1', kind: 'PodList', metadata: { name: 'pods' }, items: [PRIVILEGED] };
  expect(await violations([resourceOf(list)])).toContain('privileged pods');
  expect(await violations([resourceOf({ ...PRIVILEGED, __inputs: {}, status: {} })])).toContain(FOUND);
});

it('leaves alone what is no object of Kubernetes', async () => {
  const bucket = { type: 'aws:s3/bucket:Bucket', props: PRIVILEGED, urn: 'urn:pulumi:a::b::c::d' } as unknown as PolicyResource;
  const component = {
    type: 'kubernetes:yaml:ConfigGroup',
    props: { objs: [PRIVILEGED] },
    urn: 'urn:pulumi:a::b::c::e',
  } as unknown as PolicyResource;
  expect(await violations([bucket, component])).toEqual([]);
});

describe('a patch', () => {
  const kinds = [
    ...new Map(
      CEL_RULES.flatMap(({ cel }) => [...cel.examples().pass, ...cel.examples().fail]).map((object) => [
        `${groupOf(object)} ${object.kind}`,
        object,
      ]),
    ).values(),
  ];

  it.each(kinds.map((object) => [object.kind, object] as const))(
    'of a %s that only adds an annotation is sound',
    async (_kind, { apiVersion, kind, metadata }) => {
      const patch = { apiVersion, kind, metadata: { name: metadata.name, namespace: metadata.namespace, annotations: { a: 'b' } } };
      expect(await violations([resourceOf(patch as KubeObject, 'Patch')])).toEqual([]);
    },
  );

  it('that scales and no more is sound', async () => {
    const patch = inShop('apps/v1', 'Deployment', 'web', { spec: { replicas: 3 } });
    expect(await violations([resourceOf(patch, 'Patch')])).toEqual([]);
  });

  it('is judged by what it says', async () => {
    const patch = inShop('apps/v1', 'Deployment', 'web', {
      spec: { template: { spec: { containers: [{ name: 'main', securityContext: { privileged: true } }] } } },
    });
    expect(await violations([resourceOf(patch, 'Patch')])).toEqual(['privileged shop/web']);
    const account = inShop('v1', 'ServiceAccount', 'default', { automountServiceAccountToken: true });
    expect(await violations([resourceOf(account, 'Patch')])).toEqual(['service-account-automount shop/default']);
  });
});
