import { isRecord, listOf, recordOf, recordsOf, textOf } from '../../manifest';
import { CLUSTER_INFO_PATH } from '../node-files';
import type { HostDocument } from '../host-view';
import { nodeFileRule } from './node-file-rule';

/** Nodes that join with a token can read what they trust the cluster by: they ask for it before they have a name. */
export const tokenJoin = nodeFileRule({
  id: 'token-join',
  controls: ['AUTH-02'],
  message: 'keeps nodes out that join with a token',
  remedy: `let anonymous requests reach ${CLUSTER_INFO_PATH} (\`tokenJoin: true\`), or let nodes join with a file`,
  problems: (view) => {
    const joining = view.documents.find(joinsWithToken);
    return joining === undefined
      ? []
      : view
          .of('AuthenticationConfiguration')
          .filter(({ value }) => !reachesClusterInfo(value['anonymous']))
          .map(({ file }) => ({
            file,
            field: 'AuthenticationConfiguration.anonymous.conditions',
            message: `has no ${CLUSTER_INFO_PATH}, which nodes read before they join with a token (${joining.file.path})`,
            control: 'AUTH-02',
            remedy: 'add it (`tokenJoin: true`), or let nodes join with a discovery file',
          }));
  },
});

/** kubeadm with a bootstrap token; every node of kind but the first. */
function joinsWithToken({ apiVersion, kind, value }: HostDocument): boolean {
  return apiVersion.startsWith('kind.x-k8s.io/') && kind === 'Cluster'
    ? listOf(value['nodes']).length > 1
    : kind === 'JoinConfiguration' && isRecord(recordOf(value['discovery'])['bootstrapToken']);
}

function reachesClusterInfo(anonymous: unknown): boolean {
  const { enabled, conditions } = recordOf(anonymous);
  return (
    enabled === true && (listOf(conditions).length === 0 || recordsOf(conditions).some(({ path }) => textOf(path) === CLUSTER_INFO_PATH))
  );
}
