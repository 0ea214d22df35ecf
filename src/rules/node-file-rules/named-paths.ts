import type { ControlId } from '../../controls';
import { recordOf, recordsOf, textOf } from '../../manifest';
import type { NodeFile } from '../../manifest';
import type { HostView } from '../host-view';

/** A path that the API server is told to read, and who tells it. */
export interface NamedPath {
  readonly path: string;
  readonly file: NodeFile;
  readonly field: string;
  /** Control that is not answered when the path leads nowhere. */
  readonly control: ControlId;
}

/** Flags that name a file which is written for the cluster, and the control that it answers. Certificates are made on nodes. */
const FILE_FLAGS: Readonly<Record<string, ControlId>> = {
  'admission-control-config-file': 'POD-08',
  'audit-policy-file': 'LOG-01',
  'audit-webhook-config-file': 'LOG-04',
  'authentication-config': 'AUTH-01',
  'authorization-config': 'AUTH-04',
  'egress-selector-config-file': 'NET-20',
  'encryption-provider-config': 'NET-22',
  'tracing-config-file': 'LOG-14',
};

/** Every path of a file or folder that flags of the API server name, and the files that they name. */
export function namedPaths(view: HostView): NamedPath[] {
  const flags = Object.entries(FILE_FLAGS).flatMap(([name, control]) => {
    const flag = view.flagsOf('kube-apiserver').get(name);
    return flag?.file ? [{ path: flag.value, file: flag.file, field: `kube-apiserver --${name}`, control }] : [];
  });
  return [...flags, ...imagePolicies(view), ...staticFolders(view), ...webhooks(view)].filter(({ path }) => path.startsWith('/'));
}

function plugins(view: HostView): { readonly file: NodeFile; readonly index: number; readonly configuration: unknown }[] {
  return view
    .of('AdmissionConfiguration')
    .flatMap(({ file, value }) =>
      recordsOf(value['plugins']).map((plugin, index) => ({ file, index, configuration: plugin['configuration'] as unknown })),
    );
}

function imagePolicies(view: HostView): NamedPath[] {
  return plugins(view).flatMap(({ file, index, configuration }) => {
    const path = textOf(recordOf(recordOf(configuration)['imagePolicy'])['kubeConfigFile']);
    const field = `AdmissionConfiguration.plugins[${index}].configuration.imagePolicy.kubeConfigFile`;
    return path === undefined ? [] : [{ path, file, field, control: 'POD-06' as const }];
  });
}

function staticFolders(view: HostView): NamedPath[] {
  return plugins(view).flatMap(({ file, index, configuration }) => {
    const path = textOf(recordOf(configuration)['staticManifestsDir']);
    const field = `AdmissionConfiguration.plugins[${index}].configuration.staticManifestsDir`;
    return path === undefined ? [] : [{ path, file, field, control: 'AUTH-11' as const }];
  });
}

function webhooks(view: HostView): NamedPath[] {
  return view.of('AuthorizationConfiguration').flatMap(({ file, value }) =>
    recordsOf(value['authorizers']).flatMap(({ webhook }, index) => {
      const path = textOf(recordOf(recordOf(webhook)['connectionInfo'])['kubeConfigFile']);
      const field = `AuthorizationConfiguration.authorizers[${index}].webhook.connectionInfo.kubeConfigFile`;
      return path === undefined ? [] : [{ path, file, field, control: 'AUTH-04' as const }];
    }),
  );
}
