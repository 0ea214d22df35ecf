import type { NodeFile } from '../../manifest';
import { scriptHead } from '../shell';
import { MODES_DRIFT } from './modes-drift';

/** Where the script lies, beside the files. */
export const INSTALL_SCRIPT = '/install.sh';

/** The order in which files are placed: users before what belongs to them, folders before what lies in them. */
const STAGES = ['/etc/sysusers.d/', '/etc/tmpfiles.d/', '/'] as const;

/**
 * The script that puts the files of one role where they belong. It can be run again at any time: a file that is right is not
 * touched. `--check` changes nothing, tells what differs, and ends with 1. `DESTDIR` sets up another root, for images.
 *
 * @throws if two files have one path, or a path, mode or owner is not plain
 */
export function installScript(files: readonly NodeFile[]): string {
  const rows = [...files].sort(byPath).map(({ path, mode, owner }) => {
    const stage = STAGES.findIndex((prefix) => path.startsWith(prefix));
    return [stage, plain(path, PATH), plain(mode, MODE), plain(owner, OWNER)].join('\t');
  });
  return `${scriptHead('Puts the files beside this script where they belong on this host. `--check` only tells what differs (status 1).')}needs awk cmp find stat systemctl systemd-sysusers systemd-tmpfiles
check=0
case \${1:-} in
  '') ;;
  --check) check=1 ;;
  *) die 'usage: install.sh [--check]' ;;
esac
source=$(cd -- "$(dirname -- "\${BASH_SOURCE[0]}")" && pwd -P)
root=\${DESTDIR:-}
root=\${root%/}
[ "$(id -u)" = 0 ] || die 'run it as root'
differs=0

# What was found to differ; without --check it is mended next.
differ() {
  differs=1
  if [ "$check" = 1 ]; then echo "differs: $1 ($2)"; else echo "$1: $2"; fi
}

# A tool of systemd, on the root that is set up.
on_root() { "$1" \${root:+--root="$root"} "\${@:2}"; }

# A number for a user (passwd) or group of the host that is set up, which need not be this one.
id_of() {
  case $2 in
    root) echo 0 ;;
    *[!0-9]*) awk -F: -v name="$2" '$1 == name { print $3; exit }' "$root/etc/$1" ;;
    *) echo "$2" ;;
  esac
}

# Refuses a folder that others than root may write to, or a link that others than root have made: they could lead a file astray.
trusted() {
  local path=$root part parts
  IFS=/ read -ra parts <<<"\${1#/}"
  for part in "\${parts[@]}"; do
    path+=/$part
    [ -e "$path" ] || [ -L "$path" ] || return 0
    [ "$(stat -c %u -- "$path")" = 0 ] || die "$path does not belong to root"
    [ -d "$path" ] || die "$path is no folder"
    [ $((0$(stat -L -c %a -- "$path") & 0022)) = 0 ] || die "$path can be written by others than root"
  done
}

place() {
  local path=$1 mode=$2 owner=$3 target=$root$1 from=$source$1 user group why=''
  { [ -f "$from" ] && [ ! -L "$from" ]; } || die "$from is missing, or no plain file: this script and the files beside it belong together"
  [ ! -L "$target" ] || die "$target is a symbolic link: remove it, or what it leads to would be overwritten"
  [ ! -e "$target" ] || [ -f "$target" ] || die "$target is there, and no plain file"
  trusted "$(dirname "$path")"
  user=$(id_of passwd "\${owner%:*}") group=$(id_of group "\${owner#*:}")
  if [ ! -e "$target" ]; then
    why=missing
  elif ! cmp -s -- "$from" "$target"; then
    why=content
  elif [ "$(stat -c '%a %u %g' -- "$target")" != "$(printf '%o' "$mode") $user $group" ]; then
    why='mode or owner'
  fi
  [ -n "$why" ] || return 0
  differ "$path" "$why"
  [ "$check" = 0 ] || return 0
  { [ -n "$user" ] && [ -n "$group" ]; } || die "there is no user or group $owner for $path"
  (umask 022 && mkdir -p -- "$(dirname "$target")")
  # To a sibling that nothing reads, then renamed: whoever reads the file sees the old one or the new one, whole.
  rm -f -- "$target.hardening-new"
  cp -- "$from" "$target.hardening-new"
  chown -- "$user:$group" "$target.hardening-new"
  chmod -- "$mode" "$target.hardening-new"
  mv -fT -- "$target.hardening-new" "$target"
}

# Places the files of one stage.
stage() {
  local stage path mode owner
  while IFS=$'\\t' read -r stage path mode owner; do
    [ "$stage" != "$1" ] || place "$path" "$mode" "$owner"
  done <<'FILES'
${rows.join('\n')}
FILES
}
${MODES_DRIFT}
# What follows a stage is done every time: a run that was stopped before it is made good by the next.
stage 0
[ "$check" = 1 ] || on_root systemd-sysusers
stage 1
${rowsOf(files, STAGES[1])
  .map((path) => `[ "$check" = 1 ] || on_root systemd-tmpfiles --create "$root${path}"`)
  .join('\n')}
stage 2
${rowsOf(files, STAGES[1])
  .map((path) => `if [ "$check" = 1 ]; then modes_drift "$source${path}"; else on_root systemd-tmpfiles --create "$root${path}"; fi`)
  .join('\n')}

for unit in ${unitsOf(files).join(' ')}; do
  on_root systemctl is-enabled --quiet "$unit" 2>/dev/null && continue
  differ "$unit" 'not enabled'
  [ "$check" = 1 ] || on_root systemctl enable --quiet "$unit"
done
if [ "$check" = 1 ]; then exit $differs; fi

if [ -z "$root" ]; then
  systemctl daemon-reload
  systemctl restart systemd-modules-load systemd-sysctl
  for unit in ${unitsOf(files).join(' ')}; do systemctl start "$unit"; done
fi
[ "$differs" = 1 ] || echo 'nothing to do'
`;
}

/** Units that are switched on: those that say what wants them. */
function unitsOf(files: readonly NodeFile[]): string[] {
  return files
    .filter(
      ({ path, content }) => /^\/etc\/systemd\/system\/[\w@.-]+\.(service|timer|path)$/.test(path) && content.includes('\n[Install]\n'),
    )
    .map(({ path }) => path.slice(path.lastIndexOf('/') + 1))
    .sort();
}

function rowsOf(files: readonly NodeFile[], prefix: string): string[] {
  return files
    .map(({ path }) => path)
    .filter((path) => path.startsWith(prefix))
    .sort();
}

const PATH = /^(\/[\w.@+-]+)+$/;
const MODE = /^0[0-7]{3}$/;
const OWNER = /^([a-z_][\w-]*|\d+):([a-z_][\w-]*|\d+)$/;

/** Values stand in a script that root runs, so that nothing in them may have a meaning of its own there. */
function plain(text: string, form: RegExp): string {
  if (!form.test(text) || text.split('/').includes('..')) {
    throw new Error(
      `Node file: ${JSON.stringify(text)} is no plain path, mode (0600) or owner (root:root) (control NET-18). Write it plainly.`,
    );
  }
  return text;
}

function byPath(a: NodeFile, b: NodeFile): number {
  if (a.path === b.path) {
    throw new Error(`Node file ${a.path}: there are two for one host (control NET-18). Keep one.`);
  }
  return a.path < b.path ? -1 : 1;
}
