import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'cdk8s';
import * as ts from 'typescript';
import {
  ApiServerAdmission,
  blueprintJsonSchema,
  CONTAINER_SIZES,
  ContainerSize,
  DEFAULT_API_AUDIENCE,
  DEFAULT_API_SERVER_PORT,
  DEFAULT_AUDIT_LOG,
  DEFAULT_AUDIT_PROFILE,
  DEFAULT_AUDIT_WEBHOOK,
  DEFAULT_CONTAINER_NAME,
  DEFAULT_DEPLOYMENT_REPLICAS,
  DEFAULT_ENFORCEMENT,
  DEFAULT_GROUP,
  DEFAULT_IMAGE_ALLOW_TTL_SECONDS,
  DEFAULT_IMAGE_DENY_TTL_SECONDS,
  DEFAULT_INTERNET_PORT,
  DEFAULT_JOB_TTL_HOURS,
  DEFAULT_KMS_TIMEOUT_SECONDS,
  DEFAULT_MAX_TOKEN_SECONDS,
  DEFAULT_RESOURCES,
  DEFAULT_STARTING_DEADLINE_MINUTES,
  DEFAULT_STATEFUL_SET_REPLICAS,
  DEFAULT_TMP_SIZE,
  DEFAULT_USER,
  DEFAULT_WEBHOOK_TIMEOUT_SECONDS,
  encryptionSection,
  firewallSection,
  HardenedContainer,
  jwtAuthenticators,
  keyScript,
  NAMESPACE_QUOTAS,
  NamespaceQuota,
  PlatformSettings,
  seccompProfile,
  VERIFY_SCRIPT_PATH,
  WAIVER_WARNING_DAYS,
} from '../../src';
import type { AdmissionSection } from '../../src';
import { documentsAt, filesOf } from '../control-plane/distributions/one-cluster';
import { spec } from '../control-plane/cluster';

const ROOT = path.join(__dirname, '../..');
const doc = (page: string) => fs.readFileSync(path.join(ROOT, 'docs', page), 'utf8').replaceAll('\n', ' ');

/** Text behind `@default` of every property, by `Interface.property`, as far as it is a literal or a name and not prose. */
function literalDefaults(): Map<string, string> {
  const found = new Map<string, string>();
  const files = ['constructs', 'control-plane', 'stacks', 'settings'].flatMap((folder) =>
    fs
      .readdirSync(path.join(ROOT, 'src', folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.join(ROOT, 'src', folder, file)),
  );
  for (const file of files) {
    const tree = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
    const visit = (node: ts.Node): void => {
      if (ts.isPropertySignature(node) && ts.isInterfaceDeclaration(node.parent)) {
        const tag = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === 'default');
        const text = ts.getTextOfJSDocComment(tag?.comment)?.trim() ?? '';
        if (text !== '' && !text.startsWith('-')) {
          found.set(`${node.parent.name.text}.${node.name.getText()}`, text);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  return found;
}

const plain = HardenedContainer.of({ image: 'x' });
const blueprint = blueprintJsonSchema().properties;
const [issuer] = jwtAuthenticators([{ issuer: 'https://id.example.com', audiences: ['x'] }]);
const { admission } = new ApiServerAdmission(new App(), 'admission').controlPlaneSections() as { readonly admission: AdmissionSection };

const { certificates, components, etcd, fileModes, tls } = spec();
const { nodePorts, sshPort, withoutAdmins } = firewallSection({}, PlatformSettings.of(new App()));
const [, clusterConfiguration] = documentsAt(filesOf('kubeadm'), 'control-plane', '/init.yaml') as [
  unknown,
  { readonly apiServer: { readonly extraVolumes: readonly { readonly name: string; readonly pathType: string }[] } },
];
const hardening = clusterConfiguration.apiServer.extraVolumes.find(({ name }) => name === 'hardening');

/** What each default is in code. A literal `@default` that is not here fails the test. */
const IN_CODE: Readonly<Record<string, string>> = {
  'ApiServerAdmissionProps.alwaysPullImages': String(admission.plugins.includes('AlwaysPullImages')),
  'ApiServerSettings.port': String(blueprint?.['cluster']?.properties?.['apiServer']?.properties?.['port']?.default),
  'AuditLoad.longRunning': 'false',
  'AuditLoad.requestBytes': '0',
  'AuditLoad.responseBytes': '0',
  'AuditLoggingProps.profile': `'${DEFAULT_AUDIT_PROFILE}'`,
  'AuditLogProps.compress': String(DEFAULT_AUDIT_LOG.compress),
  'AuditLogProps.maxAgeDays': String(DEFAULT_AUDIT_LOG.maxAgeDays),
  'AuditLogProps.maxBackups': String(DEFAULT_AUDIT_LOG.maxBackups),
  'AuditLogProps.maxSizeMb': String(DEFAULT_AUDIT_LOG.maxSizeMb),
  'AuditLogProps.mode': `'${DEFAULT_AUDIT_LOG.mode}'`,
  'AuditLogProps.truncate': String(DEFAULT_AUDIT_LOG.truncate),
  'AuditWebhookProps.bufferSize': String(DEFAULT_AUDIT_WEBHOOK.bufferSize),
  'AuditWebhookProps.clientCertificate': String(DEFAULT_AUDIT_WEBHOOK.clientCertificate),
  'CertificateRenewalProps.algorithm': `'${certificates?.algorithm}'`,
  'CertificateRenewalProps.caValidityDays': String(certificates?.caValidityDays),
  'CertificateRenewalProps.renewBeforeDays': String(certificates?.renewBeforeDays),
  'CertificateRenewalProps.validityDays': String(certificates?.validityDays),
  'ClusterSpec.apiServerPort': String(DEFAULT_API_SERVER_PORT),
  'ControlPlaneFlagsProps.clusterSigningDuration': `'${components?.clusterSigningDuration}'`,
  'ControlPlaneFlagsProps.terminatedPodGcThreshold': String(components?.terminatedPodGcThreshold),
  'DenyWebhookProps.timeoutSeconds': String(DEFAULT_WEBHOOK_TIMEOUT_SECONDS),
  'EncryptionProps.provider': `'${encryptionSection().provider}'`,
  'EnforcementSettings.cluster': `'${DEFAULT_ENFORCEMENT.cluster}'`,
  'EnforcementSettings.default': `'${DEFAULT_ENFORCEMENT.default}'`,
  'EtcdBackupProps.everyHours': String(etcd?.backup?.everyHours),
  'EtcdBackupProps.folder': `'${etcd?.backup?.folder}'`,
  'EtcdBackupProps.retentionDays': String(etcd?.backup?.retentionDays),
  'EtcdHardeningProps.quotaBackendBytes': String(etcd?.quotaBackendBytes),
  'ExtraPort.protocol': `'${String(blueprint?.['firewall']?.properties?.['extraPorts']?.items?.properties?.['protocol']?.default)}'`,
  'FileModesProps.certificates': `'${fileModes?.certificates}'`,
  'FirewallStackProps.hostPolicies': String(blueprint?.['firewall']?.properties?.['hostPolicies']?.default),
  'HostFirewallProps.nodePorts': String(nodePorts),
  'HostFirewallProps.sshPort': String(sshPort),
  'HostFirewallProps.withoutAdmins': String(withoutAdmins),
  'HostMount.type': `'${hardening?.pathType}': it must be there`,
  'ImagePolicyProps.allowTtlSeconds': String(DEFAULT_IMAGE_ALLOW_TTL_SECONDS),
  'ImagePolicyProps.denyTtlSeconds': String(DEFAULT_IMAGE_DENY_TTL_SECONDS),
  'KeyScriptProps.verify': keyScript({ folder: '/x' }).includes(VERIFY_SCRIPT_PATH) ? 'VERIFY_SCRIPT_PATH' : '',
  'KmsProps.timeoutSeconds': String(DEFAULT_KMS_TIMEOUT_SECONDS),
  'OidcIssuerProps.groupsClaim': `'${issuer?.claimMappings.groups.claim}'`,
  'OidcIssuerProps.maxTokenSeconds': String(DEFAULT_MAX_TOKEN_SECONDS),
  'OidcIssuerProps.prefix': `'${issuer?.claimMappings.groups.prefix}'`,
  'OidcIssuerProps.usernameClaim': `'${issuer?.claimMappings.username.claim}'`,
  'HardenedContainerProps.name': `'${plain.name}'`,
  'HardenedContainerProps.size': plain.size === ContainerSize.SMALL ? 'ContainerSize.SMALL' : '',
  'HardenedContainerProps.user': String(DEFAULT_USER),
  'HardenedContainerProps.group': String(DEFAULT_GROUP),
  'HardenedContainerProps.sidecar': 'false',
  'HardenedIngressProps.controller': 'Peer.ingress()',
  'HardenedServiceProps.allocateLoadBalancerNodePorts': 'false',
  'HardenedWorkloadProps.size': 'ContainerSize.SMALL',
  'InternetPeerOptions.ports': `[FlowPort.tcp(${DEFAULT_INTERNET_PORT})]`,
  'IsolatedNamespaceProps.quota': 'NamespaceQuota.MEDIUM',
  'KubeletApproverProps.resolveNames': String(
    blueprint?.['controlPlane']?.properties?.['kubelet']?.properties?.['approver']?.properties?.['resolveNames']?.default,
  ),
  'LeastPrivilegeRoleProps.clusterWide': 'false: they hold in the namespace of the scope',
  'LeastPrivilegeServiceAccountProps.audience': `'${DEFAULT_API_AUDIENCE}'`,
  'NamespaceQuotaProps.loadBalancers': NamespaceQuota.SMALL._hard()['services.loadbalancers'] as string,
  'ObjectMetadataProps.version': 'BASELINE_VERSION',
  'RuntimeDefaultRule.action': `'${seccompProfile('deny').syscalls[0]?.action}'`,
  'Sysctl.ipv6Pods': 'false',
  'Sysctl.optional': 'false',
  'TlsFloorProps.minVersion': `'${tls?.minVersion}'`,
  'TenantProps.quota': `'${String(blueprint?.['tenants']?.items?.properties?.['quota']?.default)}'`,
};

it('says in every @default what the code does', () => {
  expect(Object.fromEntries([...literalDefaults()].sort())).toEqual(Object.fromEntries(Object.entries(IN_CODE).sort()));
});

it('has one set of resources for a container that names none, whichever way it comes', () => {
  const { requests, limits } = CONTAINER_SIZES.small;
  const written = ({ ephemeralStorage, ...rest }: typeof requests | typeof limits) => ({ ...rest, 'ephemeral-storage': ephemeralStorage });
  expect(DEFAULT_RESOURCES).toEqual({ requests: written(requests), limits: written(limits) });
  expect(DEFAULT_CONTAINER_NAME).toBe('main');
});

it.each([
  ['workloads.md', `user, group, volume group | ${DEFAULT_USER}`],
  ['workloads.md', `an \`emptyDir\` of ${DEFAULT_TMP_SIZE} for each container`],
  [
    'workloads.md',
    `${CONTAINER_SIZES.small.requests.cpu}–${CONTAINER_SIZES.small.limits.cpu} CPU, ${CONTAINER_SIZES.small.requests.memory}–${CONTAINER_SIZES.small.limits.memory} memory`,
  ],
  ['workloads.md', `Deployment ${DEFAULT_DEPLOYMENT_REPLICAS}, StatefulSet ${DEFAULT_STATEFUL_SET_REPLICAS}`],
  ['workloads.md', `removed after ${DEFAULT_JOB_TTL_HOURS} hours; a CronJob may start ${DEFAULT_STARTING_DEADLINE_MINUTES} minutes late`],
  ['least-privilege-service-account.md', `by default \`${DEFAULT_API_AUDIENCE}\``],
  ['waivers.md', `From ${WAIVER_WARNING_DAYS} days before`],
  ...Object.entries(NAMESPACE_QUOTAS).map(([name, q]) => [
    'isolated-namespace.md',
    `\`${name.toUpperCase()}\` | ${q.cpu} | ${q.memoryGi}Gi | ${q.ephemeralStorageGi}Gi | ${q.storageGi}Gi | ${q.pods} |`,
  ]),
])('docs/%s says: %s', (page, text) => expect(doc(page)).toContain(text));

it('shows sizes in the docstrings that are those of the tables', () => {
  const source = fs.readFileSync(path.join(ROOT, 'src/constructs/workloads/container-size.ts'), 'utf8');
  for (const { requests, limits } of Object.values(CONTAINER_SIZES)) {
    expect(source).toContain(
      `${requests.memory}–${limits.memory} memory, ${requests.ephemeralStorage}–${limits.ephemeralStorage} ephemeral storage`,
    );
  }
});
