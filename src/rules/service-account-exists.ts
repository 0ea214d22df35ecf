import { podSpecOf } from '../manifest';
import { artifactsRule, byNamespace } from './artifacts-rule';

/** A workload in a namespace that the tree makes runs as a service account that the tree makes. */
export const serviceAccountExists = artifactsRule({
  id: 'service-account-exists',
  controls: ['AUTH-10'],
  message: 'runs as a service account that nothing here makes',
  remedy: 'make it with LeastPrivilegeServiceAccount, or leave `serviceAccount` out: the hardened constructs then make one',
  problems: ({ artifacts }) => {
    const groups = byNamespace(artifacts.manifests);
    const made = new Set(artifacts.manifests.filter(({ object }) => object.kind === 'Namespace').map(({ object }) => object.metadata.name));
    return artifacts.manifests.flatMap((manifest) => {
      const name = podSpecOf(manifest.object)?.['serviceAccountName'] as string | undefined;
      const namespace = manifest.object.metadata.namespace ?? '';
      const exists = (groups.get(namespace) ?? []).some(({ object }) => object.kind === 'ServiceAccount' && object.metadata.name === name);
      return name !== undefined && made.has(namespace) && !exists ? [{ manifest, found: name }] : [];
    });
  },
});
