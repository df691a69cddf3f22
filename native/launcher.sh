#!/usr/bin/env bash
# Starts the program that was assembled around this file (native/assemble.sh): it needs no Java on the
# machine, no network and no folder to write to but the data folder and the one for temporary files.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)

say() { printf 'fourier-masks: %s\n' "$*" >&2; }
refuse() { say "$*"; exit 2; }

# shellcheck source=native/environment.sh
. "$root/native/environment.sh"
tell_process
export FONTCONFIG_FILE=${FONTCONFIG_FILE:-$root/native/fonts/fonts.conf}
terminal=false
if [ -t 1 ]; then terminal=true; fi
# shellcheck disable=SC2086
exec "$root/runtime/bin/java" -XX:+UseSerialGC ${FOURIER_MASKS_JAVA_OPTS:-} -Dfourier-masks.home="$root" -Dlab.terminal=$terminal -jar "$root/app/quarkus-run.jar" "$@"
