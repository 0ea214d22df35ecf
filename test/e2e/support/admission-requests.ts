import type { Agent } from 'node:https';
import { isClusterScoped, VALID_POD } from '../../../src';
import type { KubeObject } from '../../../src';
import { resourceOf } from '../../support/admission';
import type { AdmissionRequest } from '../../support/admission';
import type { Cluster } from '../cluster';

/** What the API server says to a request. */
export interface Verdict {
  /** The admission policy that refuses it. */
  readonly deniedBy?: string;
  /** What is wrong by the warnings of policies, sorted, each once. */
  readonly warnings: readonly string[];
  /** What else the API server says, if it does not take it; policies were not asked then. */
  readonly invalid?: string;
}

const METHODS = { CREATE: 'POST', UPDATE: 'PUT', DELETE: 'DELETE' } as const;

/** Asks the API server to do it, without doing it, in the name of the user; with every right, so that admission has the last word. */
export async function ask(cluster: Cluster, request: AdmissionRequest, agent?: Agent): Promise<Verdict> {
  const { operation, subresource, user = 'jane', groups = [] } = request;
  const debugs = subresource === 'ephemeralcontainers';
  const { status, headers, text } = await cluster.requestWith('admin.conf', `${addressOf(request)}?dryRun=All`, {
    method: debugs ? 'PATCH' : METHODS[operation],
    body: request.object,
    agent,
    headers: {
      'impersonate-user': user,
      'impersonate-group': ['system:masters', ...groups],
      ...(debugs ? { 'content-type': 'application/strategic-merge-patch+json' } : {}),
    },
  });
  const said = status < 300 ? '' : (JSON.parse(text) as { message: string }).message;
  const deniedBy = /ValidatingAdmissionPolicy '([^']*)'/.exec(said)?.[1];
  // What is there already was admitted: the store comes last.
  const invalid = said === '' || deniedBy !== undefined || status === 409 ? undefined : said;
  return { deniedBy, warnings: warningsOf(headers['warning']), invalid };
}

function addressOf({ operation, object, oldObject, subresource }: AdmissionRequest): string {
  const { apiVersion, kind, metadata } = (object ?? oldObject) as KubeObject;
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const namespace = isClusterScoped((object ?? oldObject) as KubeObject) ? '' : `/namespaces/${metadata.namespace}`;
  const one = operation === 'CREATE' ? '' : [`/${metadata.name}`, subresource].filter(Boolean).join('/');
  return `${root}${namespace}/${resourceOf(kind)}${one}`;
}

function warningsOf(header: string | undefined): string[] {
  const texts = [...(header ?? '').matchAll(/299 - "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.replace(/\\(.)/g, '$1'));
  return faultsOf(
    texts.flatMap((text) => /^Validation failed for ValidatingAdmissionPolicy .*? with binding '[^']*': (.*)$/s.exec(text)?.[1] ?? []),
  );
}

/** What is wrong by messages of rules, without the fields and containers that they name: the API server fills in some. */
export function faultsOf(messages: readonly string[]): string[] {
  return [...new Set(messages.map((message) => message.split(/: | \(rule /)[0] as string))].sort();
}

/** The request for an example of a rule: a debugger comes into the valid Pod, which runs; everything else is made. */
export function requestFor(example: KubeObject): AdmissionRequest {
  const object = completed(example);
  const debuggers = object.kind === 'Pod' ? (object['spec'] as PodSpec).ephemeralContainers : undefined;
  if (debuggers === undefined) {
    return { operation: 'CREATE', object };
  }
  const debugged = { ...VALID_POD, spec: { ...(VALID_POD['spec'] as object), ephemeralContainers: debuggers } };
  return { operation: 'UPDATE', subresource: 'ephemeralcontainers', object: debugged, oldObject: VALID_POD };
}

/** An example with what the API server asks for beside what is judged, and without what it refuses together. */
function completed(example: KubeObject): KubeObject {
  const object = JSON.parse(JSON.stringify(example)) as KubeObject; // structuredClone makes objects of another realm in jest
  if (object.kind === 'Namespace') {
    Object.assign(object.metadata, { labels: { ...object.metadata.labels, 'cdk8s-hardened/enforcement': 'deny' } });
  }
  if (object.kind === 'Service') {
    (object['spec'] as { ports?: object[] }).ports ??= [{ port: 80 }];
  }
  const pod = podSpecIn(object);
  if (pod) completePod(pod, object.kind);
  return object;
}

function podSpecIn(object: KubeObject): PodSpec | undefined {
  const spec = object['spec'] as { template?: { spec: PodSpec }; jobTemplate?: { spec: { template: { spec: PodSpec } } } } | undefined;
  return object.kind === 'Pod' ? (spec as PodSpec) : (spec?.jobTemplate?.spec.template.spec ?? spec?.template?.spec);
}

function completePod(pod: PodSpec, kind: string): void {
  if (kind === 'Job' || kind === 'CronJob') pod.restartPolicy ??= 'Never';
  if (hostProcess(pod)) pod.hostNetwork = true;
  if (pod.hostNetwork || pod.hostPID || pod.hostIPC) delete pod.hostUsers;
  for (const list of ['containers', 'initContainers', 'ephemeralContainers'] as const) {
    for (const container of pod[list] ?? []) {
      const { privileged, capabilities } = container.securityContext ?? {};
      if (privileged || capabilities?.add?.includes('SYS_ADMIN')) delete container.securityContext?.allowPrivilegeEscalation;
      // A request above the limit, which is 0 here.
      if (JSON.stringify(container.resources?.limits ?? {}).includes('"0"')) delete container.resources?.requests;
      const sidecar = list === 'initContainers' && container.restartPolicy === 'Always';
      REFUSED_FIELDS[sidecar ? 'containers' : list].forEach((field) => delete container[field]);
    }
  }
}

function hostProcess(pod: PodSpec): boolean {
  return [pod, ...(pod.containers ?? []), ...(pod.initContainers ?? [])].some(
    ({ securityContext }) => securityContext?.windowsOptions?.hostProcess,
  );
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'] as const;

/** What there cannot be in the containers of a list. */
const REFUSED_FIELDS = {
  containers: [],
  initContainers: PROBES,
  ephemeralContainers: [...PROBES, 'ports', 'resources'],
} as const;

interface Container extends Partial<Record<(typeof PROBES)[number] | 'ports', unknown>> {
  restartPolicy?: string;
  securityContext?: {
    privileged?: boolean;
    allowPrivilegeEscalation?: boolean;
    capabilities?: { add?: string[] };
    windowsOptions?: { hostProcess?: boolean };
  };
  resources?: { requests?: unknown; limits?: unknown };
}

interface PodSpec {
  securityContext?: { windowsOptions?: { hostProcess?: boolean } };
  restartPolicy?: string;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  hostUsers?: boolean;
  containers?: Container[];
  initContainers?: Container[];
  ephemeralContainers?: Container[];
}
