import * as fs from 'node:fs';
import * as path from 'node:path';
import { ApiObject, Chart, Yaml } from 'cdk8s';
import { assess, HardenedApp, PlatformSettings, podTemplateOf, RULES } from '../src';
import type { Finding, KubeObject, Manifest, Rule, WaiverProps } from '../src';

/** The name of one is the beginning of the other's: a tool that matches prefixes shows. */
export const WAIVED = 'agent';
export const NOT_WAIVED = 'agent-admin';

/** What is waived for the one; the other faults (privileged, namespaces of the host, tag `latest`) are waived for none. */
export const WAIVED_CONTROLS = [
  'POD-02',
  'POD-04',
  'POD-12',
  'POD-13',
  'POD-14',
  'POD-16',
  'POD-19',
  'NET-06',
  'NET-07',
  'NET-21',
  'AUTH-05',
  'LOG-12',
];

const AS_OF = '2027-01-01';

/** Objects of one name with many faults each. */
function faulty(name: string): KubeObject[] {
  const metadata = { name, namespace: 'shop' };
  const labels = { 'app.kubernetes.io/instance': name };
  const podSpec = {
    serviceAccountName: name,
    automountServiceAccountToken: true,
    hostNetwork: true,
    hostPID: true,
    volumes: [{ name: 'host', hostPath: { path: '/var/run' } }],
    containers: [
      {
        name: 'main',
        image: 'registry.example.com/agent:latest',
        env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'agent', key: 'password' } } }],
        ports: [{ containerPort: 8080 }],
        securityContext: { privileged: true, runAsUser: 0, allowPrivilegeEscalation: true, capabilities: { add: ['SYS_ADMIN'] } },
        volumeMounts: [{ name: 'host', mountPath: '/host' }],
      },
    ],
  };
  // The template has annotations of its own: a tool that reads those in place of the workload's shows.
  const template = { metadata: { labels, annotations: { 'example.com/team': 'shop' } }, spec: podSpec };
  return [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas: 2, selector: { matchLabels: labels }, template } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { type: 'NodePort', selector: labels, ports: [{ port: 80, targetPort: 8080 }] } },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
    },
  ];
}

/** Waivers for every finding of the waived controls in the objects called `WAIVED`. */
function waivers(): WaiverProps[] {
  const manifests: Manifest[] = faulty(WAIVED).map((object) => ({ object, origin: {} }));
  const { findings } = assess({ manifests, nodeFiles: [] }, PlatformSettings.from({ asOf: AS_OF }));
  const targets = findings.filter(isWaived).map(({ controls, target: { object, container } }) => {
    const control = controls.find((id) => WAIVED_CONTROLS.includes(id)) as string;
    return { control, target: `${object?.kind}/shop/${WAIVED}`, container };
  });
  const unique = new Map(targets.map((target) => [JSON.stringify(target), target]));
  return [...unique.values()].map((target) => ({
    ...target,
    reason: 'a = b, "quoted": #1 */ \n- with all\tthat `hurts` | <b>',
    owner: 'shop@example.com',
    expires: '2099-12-31',
  }));
}

function isWaived({ controls, target }: Finding): boolean {
  return target.object?.metadata.name === WAIVED && controls.some((id) => WAIVED_CONTROLS.includes(id));
}

/** Pods as the controller of the Deployments makes them. They have its name here, so that findings read alike. */
function pods(): object[] {
  return [WAIVED, NOT_WAIVED].flatMap(faulty).flatMap((object) => {
    const { metadata, spec } = podTemplateOf(object) ?? {};
    return spec ? [{ apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, ...object.metadata }, spec }] : [];
  });
}

/**
 * Writes both sets of faulty objects below `folder`, with or without the waivers, and their pods beside the manifests. Synth refuses what no waiver accepts, so
 * its rules are made blind here to all but what is waived.
 */
export function writeApp(folder: string, withWaivers: boolean): void {
  const blind: Rule[] = RULES.map((rule) => ({ ...rule, check: (input) => rule.check(input).filter(isWaived) }));
  const app = new HardenedApp({
    outdir: path.join(folder, 'manifests'),
    settings: { asOf: AS_OF, waivers: withWaivers ? waivers() : [] },
    rules: withWaivers ? blind : [],
  });
  const chart = new Chart(app, 'shop');
  for (const name of [WAIVED, NOT_WAIVED]) {
    faulty(name).forEach((object) => new ApiObject(chart, `${object.kind}-${name}`, object));
  }
  app.synth();
  fs.writeFileSync(path.join(folder, 'pods.yaml'), Yaml.stringify(...pods()));
}
