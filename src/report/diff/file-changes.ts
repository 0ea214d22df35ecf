import type { Artifacts } from '../../manifest';
import type { PostureChange } from './posture-change';
import { sideBySide } from './side-by-side';

/** Files for hosts that are new, gone or other than before. */
export function fileChanges(before: Artifacts, after: Artifacts): PostureChange[] {
  return sideBySide(filesOf(before), filesOf(after)).flatMap(([file, was, is]) =>
    was === is ? [] : [{ subject: 'node file', tendency: 'neutral', what: `${file}: ${!was ? 'new' : !is ? 'gone' : 'changed'}` }],
  );
}

function filesOf({ nodeFiles }: Artifacts): Map<string, string> {
  return new Map(nodeFiles.map(({ role, path, mode, owner, content }) => [`${role}:${path}`, JSON.stringify([mode, owner, content])]));
}
