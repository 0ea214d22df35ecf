import { HOST_LAYOUTS, hostPartsOf, kubeletDocument, kubeProxyDocument } from '../../src/control-plane';
import type { ControlPlaneSpec, FlaggedProgram, HostLayout, HostParts } from '../../src/control-plane';
import type { KubeObject, NodeFile } from '../../src/manifest';

/** What all parts ask of the hosts of the spec's distribution. */
export function hostParts(spec: ControlPlaneSpec): Required<HostParts> {
  return hostPartsOf(spec, HOST_LAYOUTS[spec.cluster.distribution] as HostLayout);
}

/** The flags of a program by name. */
export function flagsOf(spec: ControlPlaneSpec, program: FlaggedProgram): Record<string, string> {
  return Object.fromEntries((hostParts(spec).flags[program] ?? []).map(({ name, value }) => [name, value]));
}

/** The one file at this path, for this role. */
export function fileAt(spec: ControlPlaneSpec, path: string, role = 'control-plane'): NodeFile {
  const found = hostParts(spec).files.filter((file) => file.path === path && file.role === role);
  if (found.length !== 1) {
    throw new Error(`expected one ${path} for ${role}, found ${found.length}`);
  }
  return found[0] as NodeFile;
}

/** `role path` of every file. */
export function paths(spec: ControlPlaneSpec): string[] {
  return hostParts(spec).files.map(({ role, path }) => `${role} ${path}`);
}

/** All that the spec comes to, as objects with a kind, so that fields can be looked up: documents, files, flags by program. */
export function objectsOf(spec: ControlPlaneSpec): KubeObject[] {
  const named = (kind: string, value: object): KubeObject => ({ apiVersion: 'host', kind, metadata: { name: kind }, ...value });
  const { files, flags } = hostParts(spec);
  return [
    ...[kubeletDocument(spec), kubeProxyDocument(spec)].flatMap((document) => (document ? [named(document.kind, document)] : [])),
    ...files.map((file) => named('NodeFile', file)),
    ...Object.keys(flags).map((program) => named(program, flagsOf(spec, program as FlaggedProgram))),
  ];
}
