#!/usr/bin/env bash
# docker/test-on-debian.sh [FOLDER [ARGUMENT...]]: `./fourier-masks test` on a bare Debian 12 that has nothing but
# what the README names: a JDK and git. FOLDER (made; some GB) gets the system and a clone of what is committed
# here; it is used again if it is there. ARGUMENTs go to the test command, such as -Dtest=FourierMaskTest.
# Needs root, debootstrap, and a network. MAVEN_CACHE=~/.m2 lends it the libraries of this machine.
set -euo pipefail
checkout=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
fail() { printf 'test-on-debian: %s\n' "$*" >&2; exit 1; }

release=bookworm
[ "$(id -u)" = 0 ] || fail "only root may make and enter a system"
command -v debootstrap >/dev/null || fail "debootstrap is needed (apt-get install debootstrap)"
folder=${1:-$(mktemp -d)}
[ $# = 0 ] || shift
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
root=$folder/debian

if [ ! -e "$folder/complete" ]; then
  # where this machine has its own packages from, if it is a Debian
  mirror=$(apt-get indextargets --format '$(REPO_URI)' "Codename: $release" "Component: main" 2>/dev/null | head -n 1 || true)
  # shellcheck disable=SC2086
  debootstrap --variant=minbase --include=ca-certificates $release "$root" $mirror
  cp -r /etc/apt/sources.list* /etc/apt/apt.conf.d /etc/apt/trusted.gpg.d "$root/etc/apt/" 2>/dev/null || true
  touch "$folder/complete"
fi
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
rm -rf "$root/root/lab"
git clone --quiet "file://$checkout" "$root/root/lab"

# everything that is mounted goes with the namespace. The folder becomes its root, as in a container: in a
# chroot nothing could make namespaces of its own, as PostgreSQL for tests and the test of the images do
exec unshare --mount --pid --fork --kill-child bash -euo pipefail -c '
  root=$1
  shift
  mount --bind "$root" "$root"
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount -t tmpfs tmpfs "$root/tmp"
  if [ -n "${MAVEN_CACHE:-}" ]; then
    mkdir -p "$root/root/.m2"
    mount --bind "$MAVEN_CACHE" "$root/root/.m2"
  fi
  mkdir -p "$root/old"
  cd "$root"
  pivot_root . old
  umount -l /old
  exec chroot / env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive bash -euc "
    apt-get -qq update
    apt-get -qq install --yes --no-install-recommends openjdk-17-jdk-headless git >/dev/null
    cd /root/lab
    exec ./fourier-masks test \"\$@\"" test "$@"
' bash "$root" "$@"
