import { recordOf } from '../../manifest';
import { RANCHER_KIND } from '../host-view';
import type { HostView } from '../host-view';
import { nodeFileRule } from './node-file-rule';
import type { HostProblem } from './node-file-rule';

/** The API server encrypts what it stores: a configuration is named, or the distribution's own is switched on. */
export const encryptionAtRest = nodeFileRule({
  id: 'encryption-at-rest',
  controls: ['NET-22'],
  message: 'starts an API server that stores Secrets in the clear',
  remedy: 'add `EncryptionAtRest`; on k3s, `secrets-encryption: true`',
  problems: (view) => (view.facts?.ownEncryption ? ownEncryption(view) : named(view)),
});

function named(view: HostView): HostProblem[] {
  const source = view.flagSources.find(({ program }) => program === 'kube-apiserver');
  return source === undefined || view.flagsOf('kube-apiserver').has('encryption-provider-config')
    ? []
    : [
        {
          file: source.file,
          field: 'kube-apiserver --encryption-provider-config',
          message: 'is not given: Secrets are stored in the clear',
          control: 'NET-22',
          remedy: 'add `EncryptionAtRest`',
        },
      ];
}

/** A configuration of ours would collide with the one that the distribution writes; k3s' is off unless it is asked for. */
function ownEncryption(view: HostView): HostProblem[] {
  const given = view.flagsOf('kube-apiserver').get('encryption-provider-config');
  const collision: HostProblem[] = given?.file
    ? [
        {
          file: given.file,
          field: 'kube-apiserver --encryption-provider-config',
          message: `is given: ${view.distribution} writes a configuration of its own, and rotates its keys`,
          control: 'NET-22',
          remedy: 'remove it',
        },
      ]
    : [];
  const servers = view.of(RANCHER_KIND).filter(({ file }) => file.role !== 'worker');
  const off = view.distribution === 'k3s' && !servers.some(({ value }) => recordOf(value)['secrets-encryption'] === true);
  return [
    ...collision,
    ...(off && servers[0]
      ? [
          {
            file: servers[0].file,
            field: 'secrets-encryption',
            message: 'is not on: Secrets are stored in the clear',
            control: 'NET-22' as const,
            remedy: 'set `secrets-encryption: true`',
          },
        ]
      : []),
  ];
}
