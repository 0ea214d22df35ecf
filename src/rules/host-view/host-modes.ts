import type { HostView } from './host-view';

/** The mode and owner that a path has when a host is set up, and who sets them. */
export interface HostMode {
  readonly mode: number;
  readonly owner: string;
  /** Path of the file that says so, or the distribution. */
  readonly by: string;
}

/** What has the last word of each part, as far as it is known: systemd-tmpfiles, then our file, then what the distribution writes. */
export function hostModeOf(view: HostView, role: string, path: string): Partial<HostMode> {
  const lines = view.tmpfiles.filter((line) => line.file.role === role && matches(line.path, path, line.type === 'Z'));
  const modes = lines.filter(({ mode }) => /^[0-7]+$/.test(mode));
  const owners = lines.filter(({ owner }) => !owner.includes('-'));
  const file = view.files.find((candidate) => candidate.role === role && candidate.path === path);
  const written = view.facts?.writes?.find((candidate) => matches(candidate.path, path, false));
  const mode = modes.at(-1)?.mode ?? file?.mode ?? written?.mode;
  const owner = owners.at(-1)?.owner ?? file?.owner ?? (written && 'root:root');
  const by = modes.at(-1)?.file.path ?? owners.at(-1)?.file.path ?? file?.path ?? (written && view.distribution);
  return {
    ...(mode === undefined ? {} : { mode: parseInt(mode, 8) }),
    ...(owner === undefined ? {} : { owner }),
    ...(by === undefined ? {} : { by }),
  };
}

/** Whether a pattern of tmpfiles.d is about a path; `*` stands for a part of one name. */
function matches(pattern: string, path: string, below: boolean): boolean {
  const parts = pattern.split('/').map((part) =>
    part
      .split('*')
      .map((text) => text.replace(/[.+^${}()|[\]\\?]/g, '\\$&'))
      .join('[^/]*'),
  );
  return new RegExp(`^${parts.join('/')}${below ? '(/.*)?' : ''}$`).test(path);
}
