import * as path from 'node:path';
import { auditFlagProblems } from '../node-files';
import { isInside } from '../host-view';
import type { HostView } from '../host-view';
import { nodeFileRule } from './node-file-rule';
import type { HostProblem } from './node-file-rule';

/** What the API server does is recorded, in a folder that it may write to, and bounded. */
export const auditFlags = nodeFileRule({
  id: 'audit-flags',
  controls: ['LOG-02', 'LOG-01'],
  message: 'starts an API server that records nothing, or cannot keep what it records',
  remedy: 'add `AuditLogging`',
  problems: (view) => [...flagged(view), ...unwritable(view)],
});

function flagged(view: HostView): HostProblem[] {
  const flags = view.flagsOf('kube-apiserver');
  const [first] = view.flagSources.filter(({ program }) => program === 'kube-apiserver');
  return first === undefined
    ? []
    : auditFlagProblems(Object.fromEntries([...flags].map(([name, { value }]) => [name, value]))).map((problem) => ({
        ...problem,
        field: `kube-apiserver --${problem.field}`,
        file: flags.get(problem.field)?.file ?? first.file,
      }));
}

/** Where only some folders are seen: the folder of the log, whole, since rotation renames the file. */
function unwritable(view: HostView): HostProblem[] {
  const flag = view.flagsOf('kube-apiserver').get('audit-log-path');
  if (flag?.file === undefined || !flag.value.startsWith('/') || view.seenBy('kube-apiserver') === undefined) {
    return [];
  }
  const folder = path.posix.dirname(flag.value);
  const mount = view.mounts.find(({ mountPath }) => isInside(flag.value, mountPath));
  const found = (message: string, remedy: string): HostProblem[] => [
    { file: flag.file as HostProblem['file'], field: 'kube-apiserver --audit-log-path', message, control: 'LOG-02', remedy },
  ];
  if (mount === undefined) {
    return found(`is ${flag.value}, which is not mounted: the API server does not start`, `mount the folder ${folder}, writable`);
  }
  if (mount.mountPath === flag.value) {
    return found('is mounted as a file: rotation renames it, which a mounted file does not allow', `mount the folder ${folder} instead`);
  }
  return mount.readOnly
    ? found(`is in ${mount.mountPath}, which is mounted read-only: the API server does not start`, 'mount it writable')
    : [];
}
