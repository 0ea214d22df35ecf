import { recordsOf, textOf } from '../../manifest';
import { isInside } from '../host-view';
import type { HostView } from '../host-view';
import { namedPaths } from './named-paths';
import type { HostProblem } from './node-file-rule';

/** Hosts of kind are containers: what the API server is told to read is on them only when a folder of the operator is mounted there. */
export function kindNodeMounts(view: HostView): HostProblem[] {
  const paths = [...new Set(namedPaths(view).map(({ path }) => view.hostPathOf(path)))];
  return view
    .of('Cluster')
    .filter(({ apiVersion }) => apiVersion.startsWith('kind.x-k8s.io/'))
    .flatMap(({ file, value }) =>
      recordsOf(value['nodes']).flatMap(({ role, extraMounts }, index) => {
        const folders = recordsOf(extraMounts).flatMap(({ containerPath }) => textOf(containerPath) ?? []);
        const unseen = role === 'worker' ? [] : paths.filter((path) => !folders.some((folder) => isInside(path, folder)));
        return unseen.map((path) => ({
          file,
          field: `Cluster.nodes[${index}].extraMounts`,
          message: `mounts no folder that has ${path}, which the API server is told to read: it does not start`,
          control: 'UPG-04' as const,
          remedy: 'mount its folder into each node of the control plane',
        }));
      }),
    );
}
