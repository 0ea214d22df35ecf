import {
  admissionHostParts,
  admissionProblems,
  ApiServerAdmission,
  DISTRIBUTIONS,
  staticPolicyProblems,
  SUPPORTED_MINORS,
} from '../../../src';
import type { AdmissionConfiguration, ApiServerAdmissionProps, HostParts, PlatformSettingsProps } from '../../../src';
import { controlPlaneOf, documentsIn, fileOf, KUBEADM_LAYOUT } from '../../support/control-plane';
import { expectText } from '../../support/snapshot';

const EXEMPT = { users: ['system:serviceaccount:flux-system:flux'], groups: ["oidc:platform's"] };
const IMAGES: ApiServerAdmissionProps = { imagePolicy: { server: 'https://images.example.com/review' } };

function parts(props?: ApiServerAdmissionProps, settings?: PlatformSettingsProps): HostParts {
  return admissionHostParts(
    controlPlaneOf((app) => new ApiServerAdmission(app, 'admission', props), settings),
    KUBEADM_LAYOUT,
  );
}

const written = (props?: ApiServerAdmissionProps, settings?: PlatformSettingsProps): AdmissionConfiguration =>
  documentsIn(fileOf(parts(props, settings), 'admission/admission'))[0] as AdmissionConfiguration;

it('looks like this', () => expectText('admission.yaml', fileOf(parts(), 'admission/admission')));

it('switches on what kubelets, Services and events are bounded by, beside what is on already', () => {
  const { admissionPlugins, files = [], flags } = parts();
  expect(admissionPlugins).toEqual(['NodeRestriction', 'DenyServiceExternalIPs', 'EventRateLimit']);
  expect(flags).toEqual({ 'kube-apiserver': [{ name: 'admission-control-config-file', value: files[0]?.path }] });
  expect(parts({ alwaysPullImages: true }).admissionPlugins).toContain('AlwaysPullImages');
});

it.each(SUPPORTED_MINORS)('pins what is enforced to the minor, and warns of what comes: %s', (minor) => {
  expect(written({}, { minor }).plugins[0]).toMatchObject({
    name: 'PodSecurity',
    configuration: { defaults: { enforce: 'restricted', 'enforce-version': `v${minor}`, warn: 'restricted', 'warn-version': 'latest' } },
  });
});

it('leaves out as few namespaces as the distribution allows', () => {
  const exempt = DISTRIBUTIONS.map((distribution) => {
    const [podSecurity] = written({}, { distribution }).plugins;
    return [distribution, podSecurity?.name === 'PodSecurity' ? podSecurity.configuration.exemptions.namespaces : []] as const;
  });
  expect(exempt.filter(([, namespaces]) => namespaces.join() !== 'kube-system')).toEqual([
    ['kind', ['kube-system', 'local-path-storage']],
    ['rke2', ['kube-system', 'compliance-operator-system', 'tigera-operator']],
  ]);
  expect(written({ exemptNamespaces: ['rook-ceph', 'kube-system'] }).plugins[0]).toMatchObject({
    configuration: { exemptions: { namespaces: ['kube-system', 'rook-ceph'] } },
  });
});

it.each<[string, ApiServerAdmissionProps, PlatformSettingsProps]>([
  ['by default', {}, {}],
  ['with a webhook for images', IMAGES, {}],
  ['with policies from files', {}, { minor: '1.37', enforcement: { exempt: EXEMPT } }],
  ['with other limits', { eventLimits: [{ type: 'User', qps: 1, burst: 2 }] }, {}],
])('is a configuration in which nothing is wrong %s', (_what, props, settings) => {
  const { admissionPlugins: enabled } = parts(props, settings);
  expect(admissionProblems(written(props, settings), { minor: settings.minor ?? '1.36', enabled })).toEqual([]);
});

it('lets no image run while the webhook is down, and names its certificates by their place', () => {
  expect(written(IMAGES).plugins.at(-1)).toEqual({
    name: 'ImagePolicyWebhook',
    configuration: {
      imagePolicy: {
        kubeConfigFile: parts(IMAGES).files?.[1]?.path,
        allowTTL: 60,
        denyTTL: 30,
        retryBackoff: 500,
        defaultAllow: false,
      },
    },
  });
  expect(fileOf(parts(IMAGES), 'image-policy/webhook')).toContain('client-key: /etc/kubernetes/hardening/image-policy/client.key');
});

// The API server reads it when it starts, and only a changed flag restarts it.
it('has another name when anything in it changes, the webhook for images too', () => {
  const place = (props?: ApiServerAdmissionProps): string => parts(props).flags?.['kube-apiserver']?.[0]?.value ?? '';
  expect(place()).toMatch(/^\/etc\/kubernetes\/hardening\/admission\/admission-[0-9a-f]{10}\.yaml$/);
  const places = [
    place(),
    place({ exemptNamespaces: ['a'] }),
    place(IMAGES),
    place({ imagePolicy: { server: 'https://other.example.com' } }),
  ];
  expect(new Set(places).size).toBe(4);
});

describe('policies from files', () => {
  const settings: PlatformSettingsProps = { minor: '1.37', enforcement: { exempt: EXEMPT } };

  it('look like this', () => {
    expectText('static-guard.yaml', fileOf(parts({}, settings), 'guard-admission-policies.yaml'));
    expect(staticPolicyProblems(documentsIn(fileOf(parts({}, settings), 'guard-admission-policies.yaml')))).toEqual([]);
  });

  it('lie alone in the folder that is named', () => {
    const directory = '/etc/kubernetes/hardening/static-policies';
    expect(written({}, settings).plugins.at(-1)).toMatchObject({ configuration: { staticManifestsDir: directory } });
    const inFolder = (parts({}, settings).files ?? []).filter(({ path }) => path.startsWith(`${directory}/`));
    expect(inFolder.map(({ path }) => path)).toEqual([`${directory}/guard-admission-policies.yaml`]);
  });

  it.each<[string, PlatformSettingsProps]>([
    ['below 1.37, which would ignore them or not start', { ...settings, minor: '1.36' }],
    ['on 1.35', { ...settings, minor: '1.35' }],
    ['where there is nothing to guard', { minor: '1.37' }],
  ])('are not there %s', (_where, without) => {
    expect(written({}, without).plugins.map(({ name }) => name)).toEqual(['PodSecurity', 'EventRateLimit']);
    expect(parts({}, without).files).toHaveLength(1);
  });
});

it.each<[string, ApiServerAdmissionProps, RegExp]>([
  [
    'a pattern of namespaces',
    { exemptNamespaces: ['team-*'] },
    /admission\.exemptNamespaces: 'team-\*' is not a DNS label.*\(control POD-08\).*patterns are not possible/,
  ],
  ['no limits', { eventLimits: [] }, /admission\.eventLimits: it is empty \(control NET-08\)\. Leave it out/],
  [
    'a limit of nothing',
    { eventLimits: [{ type: 'User', qps: 0, burst: 1 }] },
    /admission\.eventLimits\[0\]: qps and burst must be above 0/,
  ],
  [
    'a webhook over http',
    { imagePolicy: { server: 'http://images' } },
    /admission\.imagePolicy\.server: it is not https \(control POD-06\)/,
  ],
  [
    'an answer that holds for hours',
    { imagePolicy: { server: 'https://images', allowTtlSeconds: 7200 } },
    /admission\.imagePolicy\.allowTtlSeconds: 7200/,
  ],
])('refuses %s', (_what, props, message) => {
  expect(() => controlPlaneOf((app) => new ApiServerAdmission(app, 'admission', props))).toThrow(message);
});
