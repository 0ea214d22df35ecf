import type { ControlId } from '../../controls';
import { isInside } from '../host-view';
import type { HostView } from '../host-view';
import { PROGRAMS } from '../node-files';
import { kindNodeMounts } from './kind-node-mounts';
import { namedPaths } from './named-paths';
import { nodeFileRule } from './node-file-rule';
import type { HostProblem } from './node-file-rule';

const SEEN_CONTROL: ControlId = 'UPG-04';

/**
 * Every path that a program of the control plane is told to read is there, and the program sees it: one that is not is a crash loop,
 * or an answer that is never given.
 */
export const namedFiles = nodeFileRule({
  id: 'named-files',
  controls: [SEEN_CONTROL, 'AUTH-01', 'AUTH-04', 'AUTH-11', 'LOG-01', 'LOG-04', 'LOG-14', 'NET-20', 'NET-22', 'POD-06', 'POD-08'],
  message: 'names a path that the program does not find',
  remedy: 'write the file, or mount its folder into the API server',
  problems: (view) => [...missing(view), ...unseen(view), ...emptyMounts(view), ...kindNodeMounts(view)],
});

/** Named, and neither written nor made by a script. */
function missing(view: HostView): HostProblem[] {
  return namedPaths(view)
    .filter(({ path }) => !view.has(view.hostPathOf(path)) && view.scriptThatMakes(view.hostPathOf(path)) === undefined)
    .map(({ path, ...named }) => ({
      ...named,
      message: `names ${path}, which no file here is, and no script makes: the API server does not start`,
      remedy: 'write the file at this path, or name the one that is written',
    }));
}

/** Named by a flag, or by a file that a flag names, and in no folder that the program sees. */
function unseen(view: HostView): HostProblem[] {
  const ofFlags = PROGRAMS.flatMap((program) => {
    const folders = view.seenBy(program);
    const flags = folders === undefined ? [] : [...view.flagsOf(program).values()].filter(({ value }) => value.startsWith('/'));
    return flags.flatMap(({ name, value, file }) => {
      const hidden = file !== undefined && name !== 'audit-log-path' && !folders?.some((folder) => isInside(value, folder));
      return hidden ? [unseenBy(program, { path: value, file, field: `${program} --${name}` })] : [];
    });
  });
  const folders = view.seenBy('kube-apiserver');
  const ofFiles = namedPaths(view).filter(
    ({ path, field }) => folders !== undefined && !field.includes(' --') && !folders.some((folder) => isInside(path, folder)),
  );
  return [...ofFlags, ...ofFiles.map((named) => unseenBy('kube-apiserver', named))];
}

function unseenBy(program: string, { path, file, field }: { readonly path: string } & Pick<HostProblem, 'file' | 'field'>): HostProblem {
  return {
    file,
    field,
    message: `names ${path}, which is in no folder that is mounted into ${program}: it does not start`,
    control: SEEN_CONTROL,
    remedy: 'mount its folder (extraVolumes), or move the file into one that is mounted',
  };
}

/** A folder that must be there, and that nobody makes: the pod is never started. */
function emptyMounts(view: HostView): HostProblem[] {
  const own = view.facts?.mounted?.['kube-apiserver'] ?? [];
  return view.mounts
    .filter(({ hostPath, made }) => !made && !own.some((folder) => isInside(hostPath, folder)) && !view.has(hostPath))
    .map(({ file, hostPath }) => ({
      file,
      field: `kube-apiserver mount ${hostPath}`,
      message: 'is a folder that no file lies in, and that nothing makes: the pod of the API server is never started',
      control: SEEN_CONTROL,
      remedy: 'write the files that belong there, or let it be made (pathType: DirectoryOrCreate)',
    }));
}
