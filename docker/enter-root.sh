#!/usr/bin/env bash
# docker/enter-root.sh ROOT DATA COMMAND...: runs a command in a folder that docker/fill-root.sh has filled,
# as a container engine would, but without one: nothing of the machine is seen but DATA (as /data), the
# network is empty but for the loopback, everything else is read-only, /tmp is in memory, and the user is
# none of the machine's. It becomes the command: signals reach it. The environment is passed on as it is.
# Needs util-linux, iproute2, and a machine that allows user namespaces; no privileges.
set -euo pipefail
[ $# -ge 3 ] || { echo "usage: docker/enter-root.sh ROOT DATA COMMAND..." >&2; exit 2; }

if [ "${ENTER_ROOT_STAGE:-}" != inside ]; then
  # what is to be preloaded lies in ROOT: the machine's own tools would complain that they lack it
  export ENTER_ROOT_STAGE=inside ENTER_ROOT_PRELOAD=${LD_PRELOAD:-}
  unset LD_PRELOAD
  exec unshare --user --map-root-user --net --mount -- "$0" "$@"
fi

root=$1 data=$2
shift 2
ip link set lo up
mount --bind "$root" "$root"
mount --bind "$data" "$root/data"
mount -t tmpfs tmpfs "$root/tmp"
mount --rbind /proc "$root/proc"
mount -t tmpfs tmpfs "$root/dev"
for device in null zero random urandom; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount -o remount,bind,ro "$root"
preload=$ENTER_ROOT_PRELOAD
unset ENTER_ROOT_STAGE ENTER_ROOT_PRELOAD
if [ -n "$preload" ]; then export LD_PRELOAD=$preload; fi
# the files of whoever calls this belong to the user inside, who has no other rights
exec unshare --user --map-user=10001 --map-group=10001 --root="$root" --wd=/ -- "$@"
