#!/usr/bin/env bash
# docker/fill-root.sh [--application] ROOT: fills the folder ROOT with what a container image consists of.
# The program goes to ROOT/opt/fourier-masks (native/assemble.sh). Unless only the application is wanted,
# there come with it the few packages of the Debian that this runs on which it cannot do without: glibc
# and jemalloc. There is no shell, no package manager and nothing else that could be started.
# Both Dockerfiles call it, and so does the test that enters ROOT (RootfsIT): it needs apt's lists.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
fail() { printf 'fill-root: %s\n' "$*" >&2; exit 1; }

packages="libc6 libgcc-s1 libstdc++6 libjemalloc2"
user=10001 # of nobody else, whatever the machine

only_application=false
if [ "${1:-}" = --application ]; then only_application=true; shift; fi
[ $# = 1 ] || fail "usage: docker/fill-root.sh [--application] ROOT"
mkdir -p "$1"
root=$(cd "$1" && pwd)
[ -z "$(ls -A "$root")" ] || fail "$root is not empty"

# add_packages: as packages are laid out, without what is read by people but the licences, and what
# glibc needs for other character sets. A scanner finds their names and versions in status.d.
add_packages() {
  local debs deb name
  debs=$(mktemp -d)
  # shellcheck disable=SC2086
  (cd "$debs" && apt-get -qq -o APT::Sandbox::User=root download $packages) ||
    fail "the packages $packages cannot be had; apt-get update first, with a network"
  mkdir -p "$root/var/lib/dpkg/status.d"
  for deb in "$debs"/*.deb; do
    name=$(dpkg-deb --field "$deb" Package)
    dpkg-deb --extract "$deb" "$root"
    dpkg-deb --field "$deb" >"$root/var/lib/dpkg/status.d/$name"
  done
  rm -rf "$debs" "$root"/usr/share/{man,locale,lintian,gcc,gdb} "$root"/usr/lib/*/{gconv,audit}
  # that names of files are in UTF-8; it is of a package with much else
  mkdir -p "$root/usr/lib/locale"
  cp -r /usr/lib/locale/C.utf8 "$root/usr/lib/locale/"
  find "$root/usr/share/doc" -type f ! -name copyright -delete
  # at the same place on every architecture, as the Dockerfile names it
  (cd "$root/usr/lib" && ln -s ./*/libjemalloc.so.2 libjemalloc.so.2)
}

# add_user: the folders that it may write to are volumes; all else can be read-only.
add_user() {
  mkdir -p "$root"/{etc,data,tmp,proc,sys,dev,run}
  echo "lab:x:$user:$user:lab:/data:/nonexistent" >"$root/etc/passwd"
  echo "lab:x:$user:" >"$root/etc/group"
  echo "hosts: files dns" >"$root/etc/nsswitch.conf"
  chown "$user:$user" "$root/data" 2>/dev/null || [ "$(id -u)" != 0 ]
  chmod 1777 "$root/tmp"
}

mkdir -p "$root/opt"
"$here/../native/assemble.sh" "$root/opt/fourier-masks"
# images start Java themselves
rm "$root/opt/fourier-masks/fourier-masks" "$root/opt/fourier-masks/native/environment.sh"
if [ "$only_application" = false ]; then
  add_packages
  add_user
fi
