import { z } from 'zod';
import { NAMESPACE_QUOTAS } from '../constructs';
import { Cidr } from '../manifest';
import { DISTRIBUTIONS, SUPPORTED_MINORS } from '../settings';
import { AUDIT_SCHEMA } from './schema-audit';
import { ENFORCEMENT_SCHEMA } from './schema-enforcement';
import { CONTROL_PLANE_SCHEMA } from './schema-control-plane';
import { CLUSTER_PERSONAS, STACK_NAMES, TENANT_PERSONAS } from '../stacks';
import { ADMISSION, AUTHORIZATION, ENCRYPTION, OIDC } from './schema-api-server';
import { endpoint, firewall, hosts, network } from './schema-firewall';

/** Version of the posture that this release knows. */
export const BASELINES = ['2026.1'] as const;

const dnsLabel = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'is not a DNS label: lower-case letters, digits and "-", at most 63 characters');
const address = z.union([z.ipv4(), z.ipv6()], { error: 'is not an IP address, such as 192.0.2.10; a network policy takes no names' });
const range = z.string().refine(isRange, 'is not a range of addresses, such as 192.0.2.0/24; the range of all addresses is not possible');
const text = z.string().regex(/\S/, 'must not be blank');
const port = z.int().min(1).max(65_535);
const labelKey = z
  .string()
  .regex(/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/, 'is not the key of a label');
const labelValue = z.string().regex(/^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/, 'is not the value of a label');
const labels = z.record(labelKey, labelValue).refine((value) => Object.keys(value).length > 0, 'needs at least one label');
const groups = z.array(text).describe('Groups as the API server sees them, with the prefix of the identity provider');

const pods = z.strictObject({
  namespace: dnsLabel.describe('Namespace they run in'),
  podLabels: labels.describe('Labels that select them'),
});

const cluster = z
  .strictObject({
    name: dnsLabel.describe('Name of the cluster, for reports'),
    kubernetes: z.enum(SUPPORTED_MINORS).describe('Minor version of the cluster'),
    distribution: z.enum(DISTRIBUTIONS).describe('What made the cluster; decides whether `kubeSystem` can be used'),
    apiServer: z
      .strictObject({
        endpoints: z.array(address).min(1).describe('Addresses of the API servers, not of the Service'),
        port: port.default(6443).describe('Port of the API servers'),
      })
      .optional()
      .describe('Needed by workloads that talk to the API server'),
    nodes: z
      .strictObject({
        lsm: z.enum(['apparmor', 'selinux', 'none']).default('none').describe('Linux security module that every node runs'),
        userNamespaces: z
          .boolean()
          .default(false)
          .describe('Whether nodes can run pods in a user namespace (containerd 2.0 or newer, id-mapped mounts)'),
      })
      .prefault({})
      .describe('What the nodes can do'),
    dns: z
      .strictObject({
        namespace: dnsLabel.optional().describe('Namespace of the DNS pods; kube-system unless given'),
        podLabels: labels.optional().describe('Labels of the DNS pods; k8s-app: kube-dns unless given'),
        port: port.optional().describe('Port of the DNS pods; 53 unless given'),
        cidrs: z.array(range).optional().describe('Addresses outside the pod network that answer DNS: NodeLocal DNSCache'),
      })
      .prefault({})
      .describe('How pods reach cluster DNS'),
    ingress: pods.optional().describe('The ingress controller or gateway'),
    monitoring: pods.optional().describe('The metrics collector'),
    endpoint: endpoint.optional(),
    hosts: hosts.optional(),
    network: network.optional(),
  })
  .describe('The cluster as it is');

const tenant = z.strictObject({
  name: dnsLabel.describe('Name of the tenant'),
  owner: text.describe('Who answers for it: a mail address or a team'),
  namespaces: z.array(dnsLabel).min(1).describe('Namespaces of the tenant'),
  quota: z
    .enum(Object.keys(NAMESPACE_QUOTAS) as [keyof typeof NAMESPACE_QUOTAS])
    .default('medium')
    .describe('Size of each namespace'),
  groups: z.partialRecord(z.enum(TENANT_PERSONAS), groups).prefault({}).describe('Who has which persona in the namespaces'),
});

const waiver = z.strictObject({
  control: z.string().describe('Control that is not met, such as POD-12'),
  target: z
    .string()
    .describe(
      'namespace/name for what runs pods, Kind/namespace/name for other kinds, Kind/name if cluster-scoped, NodeFile/role/path for a file for hosts',
    ),
  container: z.string().optional().describe('Container it is for; none for the object as a whole'),
  field: z.string().optional().describe('Field of the node file it is for, as the finding names it; none for the file as a whole'),
  reason: text.describe('Why the finding is accepted'),
  owner: text.describe('Who answers for it'),
  expires: z.iso.date('is not a day, such as 2026-12-31').describe('Last day on which it holds, YYYY-MM-DD'),
});

/** The settings file. Values only: no templates, includes or expressions. */
export const BLUEPRINT_SCHEMA = z
  .strictObject({
    baseline: z.enum(BASELINES).describe('Version of the posture; a stricter default arrives with the next one only'),
    cluster,
    images: z
      .strictObject({ registries: z.array(z.string().endsWith('/', 'must end with "/"')).describe('Prefixes that images may come from') })
      .optional()
      .describe('Where images may come from; any registry unless given'),
    access: z
      .strictObject({
        oidc: OIDC.optional().describe('Identity provider of people, or a list of them'),
        tokenJoin: z
          .boolean()
          .optional()
          .describe('Whether nodes join with a token, for which anybody may read cluster-info; true on kind, false elsewhere unless given'),
        authorization: AUTHORIZATION.optional().describe('Who decides what people may do; Node and RBAC unless given'),
        groups: z.partialRecord(z.enum(CLUSTER_PERSONAS), groups).prefault({}).describe('Who has which persona in the cluster'),
      })
      .prefault({})
      .describe('Who gets into the cluster, and who may do what in it'),
    admission: ADMISSION.optional().describe("The API server's own admission plugins"),
    audit: AUDIT_SCHEMA.prefault({}),
    controlPlane: CONTROL_PLANE_SCHEMA.prefault({}),
    encryption: ENCRYPTION.prefault({}).describe('What the API server encrypts before it stores it'),
    tenants: z.array(tenant).default([]).describe('Who shares the cluster'),
    enforcement: ENFORCEMENT_SCHEMA.optional(),
    kubeSystem: z
      .strictObject({
        nodeCidrs: z.array(range).min(1).describe('Ranges of the addresses of the nodes'),
        upstreamDns: z.array(range).min(1).describe('Ranges of the resolvers that cluster DNS asks'),
      })
      .optional()
      .describe(
        'Denies by default in kube-system too, with what DNS and metrics need left open; needs cluster.apiServer, and kubeadm or kind',
      ),
    firewall,
    without: z.array(z.enum(STACK_NAMES)).default([]).describe('Stacks to leave out'),
    waivers: z.array(waiver).default([]).describe('Findings that are accepted'),
  })
  .describe('Blueprint of a hardened cluster');

/** A blueprint as it is written, without the defaults. */
export type BlueprintInput = z.input<typeof BLUEPRINT_SCHEMA>;
/** A blueprint with its defaults. */
export type BlueprintOutput = z.output<typeof BLUEPRINT_SCHEMA>;

function isRange(value: string): boolean {
  try {
    return Cidr.parse(value).bits > 0;
  } catch {
    return false;
  }
}

/** The parts of a JSON schema that this project reads. */
export interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | false;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly propertyNames?: JsonSchema;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
}

/** The schema as JSON Schema, for editors and the docs. */
export function blueprintJsonSchema(): JsonSchema {
  return z.toJSONSchema(BLUEPRINT_SCHEMA, { io: 'input' }) as JsonSchema;
}
