#!/usr/bin/env bash
# native/bundle.sh [FILE]: one archive for machines without Java, Maven and a network: unpack it, and
# start fourier-masks in it. FILE is target/fourier-masks-VERSION-linux-MACHINE.tar.gz if it is not given.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)

version=$("$root/fourier-masks" --version | awk '{ print $NF }')
name=fourier-masks-$version-linux-$(uname -m)
file=$(readlink -m "${1:-$root/target/$name.tar.gz}")
folder=$(mktemp -d)
trap 'rm -rf "$folder" "$file.tmp"' EXIT
"$root/native/assemble.sh" "$folder/$name"
mkdir -p "$(dirname "$file")"
# two bundles of the same folder are the same
tar --create --directory "$folder" --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 "$name" |
  gzip --no-name "-${BUNDLE_COMPRESSION:-6}" >"$file.tmp"
mv "$file.tmp" "$file"
echo "$file"
