import { groupBy, isRecord, recordOf, recordsOf } from '../../manifest';
import type { NodeFile, WireObject } from '../../manifest';
import type { HostView } from '../host-view';
import { secretsIn } from '../secret-text';
import { nodeFileRule } from './node-file-rule';
import type { HostProblem } from './node-file-rule';

const REMEDY = 'make it on the node, or let who runs the host bring it: what synth writes lies in version control';

/** Values of a kubeconfig that let in whoever reads them. */
const KUBECONFIG_SECRETS = ['token', 'password', 'client-key-data'] as const;

/** Fields of other documents that hold a secret in plain text. */
const SECRET_FIELDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  InitConfiguration: [['certificateKey']],
  JoinConfiguration: [
    ['controlPlane', 'certificateKey'],
    ['discovery', 'tlsBootstrapToken'],
    ['discovery', 'bootstrapToken', 'token'],
  ],
  RancherConfig: [['token'], ['agent-token'], ['etcd-s3-secret-key'], ['datastore-endpoint']],
  TalosConfig: [
    ['machine', 'token'],
    ['machine', 'ca', 'key'],
    ['cluster', 'secret'],
    ['cluster', 'token'],
    ['cluster', 'secretboxEncryptionSecret'],
    ['cluster', 'aescbcEncryptionSecret'],
    ['cluster', 'ca', 'key'],
    ['cluster', 'aggregatorCA', 'key'],
    ['cluster', 'serviceAccount', 'key'],
    ['cluster', 'etcd', 'ca', 'key'],
  ],
};

/** No file that synth writes holds a key, a token or a password. */
export const nodeFileSecrets = nodeFileRule({
  id: 'node-file-secrets',
  controls: ['NET-21', 'NET-18'],
  message: 'holds a secret',
  remedy: REMEDY,
  problems: (view) => [...texts(view.files), ...fields(view)],
});

/** What says itself that it is one. A file that holds others whole, for cloud-init, is not named when one of those has it too. */
function texts(files: readonly NodeFile[]): HostProblem[] {
  return [...groupBy(files, ({ role }) => role).values()].flatMap((ofRole) => {
    const told = new Set<string>();
    return [...ofRole]
      .sort((a, b) => a.content.length - b.content.length)
      .flatMap((file) =>
        secretsIn(file.content).flatMap(({ what, at, length }): HostProblem[] => {
          const secret = file.content.slice(at, at + length + SAMPLE);
          const seen = what === 'a private key' ? file.content.slice(at, at + SAMPLE).replace(/\s+/g, '') : secret.slice(0, length);
          if (told.has(seen)) {
            return [];
          }
          told.add(seen);
          const line = file.content.slice(0, at).split('\n').length;
          return [{ file, field: `line ${line}`, message: `is ${what}`, control: 'NET-21', remedy: REMEDY }];
        }),
      );
  });
}

/** Characters after the head of a private key that tell it from another. */
const SAMPLE = 80;

function fields(view: HostView): HostProblem[] {
  const kubeconfigs = view
    .of('Config')
    .flatMap(({ file, value }) =>
      recordsOf(value['users']).flatMap(({ user }, index) =>
        KUBECONFIG_SECRETS.filter((name) => isFilled(recordOf(user)[name])).map((name) =>
          secretField(file, `Config.users[${index}].user.${name}`, 'NET-18'),
        ),
      ),
    );
  const others = Object.entries(SECRET_FIELDS).flatMap(([kind, paths]) =>
    view
      .of(kind)
      .flatMap(({ file, value }) =>
        paths.filter((path) => isFilled(valueAt(value, path))).map((path) => secretField(file, `${kind}.${path.join('.')}`, 'NET-21')),
      ),
  );
  const initTokens = view
    .of('InitConfiguration')
    .flatMap(({ file, value }) =>
      recordsOf(value['bootstrapTokens']).flatMap(({ token }, index) =>
        isFilled(token) ? [secretField(file, `InitConfiguration.bootstrapTokens[${index}].token`, 'NET-21')] : [],
      ),
    );
  return [...kubeconfigs, ...others, ...initTokens];
}

function secretField(file: NodeFile, field: string, control: 'NET-18' | 'NET-21'): HostProblem {
  return { file, field, message: 'holds a secret', control, remedy: REMEDY };
}

function valueAt(value: WireObject, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, name) => (isRecord(at) ? (at[name] as unknown) : undefined), value);
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
