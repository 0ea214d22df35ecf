import { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { parseAllDocuments } from 'yaml';
import { controlPlaneSpecOf, HOST_LAYOUTS, PlatformSettings } from '../../src';
import type { ControlPlaneSpec, HostLayout, HostParts, KubeObject, PlatformSettingsProps } from '../../src';

/** Where things lie on a host of kubeadm. */
export const KUBEADM_LAYOUT = HOST_LAYOUTS.kubeadm as HostLayout;

/** The control plane that the constructs made by `fill` ask for, on kubeadm and 1.36 unless the settings say otherwise. */
export function controlPlaneOf(fill: (scope: IConstruct & App) => unknown, settings: PlatformSettingsProps = {}): ControlPlaneSpec {
  const app = new App();
  const { minor, distribution = 'kubeadm' } = PlatformSettings.provide(app, { minor: '1.36', distribution: 'kubeadm', ...settings });
  fill(app);
  return controlPlaneSpecOf(app, {
    name: 'test',
    minor,
    distribution,
    endpoint: 'api.example.com:6443',
    hosts: { controlPlane: ['192.0.2.10'], nodes: ['192.0.2.0/24'] },
    network: { pods: ['10.244.0.0/16'], services: ['10.96.0.0/16'], plugin: 'other' },
  });
}

/** The content of the file in this folder of hardening, or whose path ends so. */
export function fileOf({ files = [] }: HostParts, place: string): string {
  const found = files.filter(({ path }) => path.endsWith(place) || path.startsWith(`${KUBEADM_LAYOUT.hardening}/${place}-`));
  if (found.length !== 1) {
    throw new Error(`expected one file at ${place}, found ${found.length} among ${files.map(({ path }) => path).join(', ')}`);
  }
  return found[0]?.content ?? '';
}

/** The documents of a YAML file, read as programs in Go read them. */
export function documentsIn(content: string): unknown[] {
  return parseAllDocuments(content, { version: '1.1' }).map((document) => document.toJS() as unknown);
}

/** All that the parts are made of, as objects with a kind, so that fields can be looked up: documents, files, flags by program. */
export function objectsOf(parts: HostParts): KubeObject[] {
  const named = (kind: string, value: object): KubeObject => ({ apiVersion: 'host', kind, metadata: { name: kind }, ...value });
  const files = parts.files ?? [];
  return [
    ...files.filter(({ path }) => /\.(yaml|conf|kubeconfig)$/.test(path)).flatMap(({ content }) => documentsIn(content) as KubeObject[]),
    ...files.map((file) => named('NodeFile', file)),
    ...Object.entries(parts.flags ?? {}).map(([program, flags]) =>
      named(program, Object.fromEntries(flags.map(({ name, value }) => [name, value]))),
    ),
    named('kube-apiserver', { 'enable-admission-plugins': parts.admissionPlugins ?? [] }),
  ];
}
