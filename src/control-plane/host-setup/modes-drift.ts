/**
 * What a tmpfiles.d file asks for and is otherwise, since systemd-tmpfiles only mends: modes and owners of folders (`d`), of what is
 * there (`z`), and of all below (`Z`, of which only the owner is looked at). A path that is not there is no fault but for `d`.
 */
export const MODES_DRIFT = `
modes_drift() {
  local type pattern mode user group path uid gid paths
  shopt -s nullglob
  while read -r type pattern mode user group _; do
    case $type in d | z | Z) ;; *) continue ;; esac
    uid=$(id_of passwd "$user") gid=$(id_of group "$group")
    if [ "$type" = d ] && [ ! -d "$root$pattern" ]; then differ "$pattern" missing; fi
    # shellcheck disable=SC2206 # the pattern is one of names without spaces
    paths=($root$pattern)
    for path in "\${paths[@]}"; do
      [ -e "$path" ] || continue
      if [ "$type" = Z ]; then
        [ -z "$(find "$path" \\( ! -uid "$uid" -o ! -gid "$gid" \\) -print -quit)" ] || differ "\${path#"$root"}" "owner of something in it"
      elif [ "$(stat -c '%a %u %g' -- "$path")" != "$(printf '%o' "$mode") $uid $gid" ]; then
        differ "\${path#"$root"}" "mode or owner"
      fi
    done
  done <"$1"
  shopt -u nullglob
}
`;
