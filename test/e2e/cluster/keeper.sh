#!/usr/bin/env bash
# keeper.sh RUN: waits until who started it is gone, however that came about (its standard input ends); then it ends the programs
# of the run folder and removes the folder. The line "release" on standard input lets the folder be.
set -uo pipefail
trap '' INT TERM HUP
run=$1

if read -r line && [ "$line" = release ]; then exit; fi

# Whether the program is still that of this folder: a number may be somebody else's by now, and what has ended has no arguments.
runs() { ps -ww -o args= -p "$1" | grep -qF -- "$run"; }

for _ in 1 2 3; do # a program that was just being started writes its number a moment later
  for file in "$run"/pids/*; do
    [ -f "$file" ] || continue
    pid=$(cat "$file")
    if runs "$pid"; then kill -KILL "$pid"; fi
    for _ in {1..50}; do runs "$pid" || break; sleep 0.1; done
  done
  rm -rf -- "$run"
  [ -e "$run" ] || exit
  sleep 0.2
done
