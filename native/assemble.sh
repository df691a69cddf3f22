#!/usr/bin/env bash
# native/assemble.sh DIR: lays the built program into the new folder DIR, with everything that it needs
# and that a machine may lack: a Java of the modules that it uses, the libraries of the system that
# Java is linked with, a font for figures, libtorch unpacked, the starter kit. What is needed besides is
# a Linux of this architecture with a glibc as new as that of this machine. Bundles and images are made of it.
#
#   fourier-masks    starts it (native/launcher.sh)
#   app/             the program; app/lib/main/*pytorch-native* without the libraries in it
#   runtime/         Java, and what it is linked with
#   native/          environment.sh, libtorch/{build-version,lib}, fonts/
#   samples/  licences/  LICENSE  THIRD-PARTY
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
fail() { printf 'assemble: %s\n' "$*" >&2; exit 1; }

[ $# = 1 ] || fail "usage: native/assemble.sh DIR"
[ ! -e "$1" ] || fail "$1 is there already"
mkdir -p "$1"
to=$(cd "$1" && pwd)

# Java's own modules; those of AWT draw figures and decode photographs, jdk.crypto.ec is for TLS,
# jdk.jcmd shows administrators what a server is doing.
modules=java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http
modules=$modules,java.prefs,java.rmi,java.scripting,java.security.jgss,java.security.sasl,java.sql
modules=$modules,java.transaction.xa,java.xml,jdk.crypto.ec,jdk.jcmd,jdk.jfr,jdk.localedata
modules=$modules,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs

make_runtime() {
  local jlink library
  jlink=$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}jlink") || fail "jlink is needed: a JDK, not a Java runtime (Debian, Ubuntu: apt-get install openjdk-17-jdk-headless)."
  "$jlink" --add-modules "$modules" --include-locales=en --strip-java-debug-attributes --no-header-files --no-man-pages \
    --compress=2 --output "$to/runtime" 2> >(grep -v 'WARNING: Using incubator' >&2)
  # nothing here has a screen or a loudspeaker
  for library in awt_xawt jawt splashscreen jsound; do
    rm -f "$to/runtime/lib/lib$library.so"
  done
  "$to/runtime/bin/java" -Xshare:dump -XX:+UseSerialGC >/dev/null 2>&1 || fail "the new Java does not start"
}

# linked FILE...: the libraries that they are linked with, but those of glibc and those beside them.
linked() {
  ldd "$@" 2>/dev/null | awk '$2 == "=>" && $3 ~ /^\// { print $3 }' | sort -u |
    grep -v -e "^$to/" -E -e '/lib(c|m|dl|pthread|rt|util|resolv|anl)\.so\.[0-9]+$' || true
}

# library NAME: where the system has it.
library() {
  /sbin/ldconfig -p | awk -v name="$1" '$1 == name && !found { print $NF; found = 1 }'
}

# copyright FILE: keeps what the Debian package of a copied file says of its licence.
copyright() {
  local real package
  real=$(readlink -f "$1")
  # packages still name files in /lib that lie in /usr/lib
  package=$( (dpkg-query -S "$real" || dpkg-query -S "${real#/usr}") 2>/dev/null | sed -n '1s/:.*//p')
  [ -n "$package" ] || fail "no Debian package has $1, so that its licence is not known; assemble on Debian or Ubuntu."
  [ -e "$to/licences/$package.txt" ] || dpkg-query -W "$package" >>"$to/licences/VERSIONS"
  cp "/usr/share/doc/$package/copyright" "$to/licences/$package.txt"
}

# Java finds libraries beside its own before those of the machine.
copy_libraries() {
  local fontconfig file
  fontconfig=$(library libfontconfig.so.1)
  [ -n "$fontconfig" ] || fail "libfontconfig.so.1 is needed (Debian, Ubuntu: apt-get install libfontconfig1)."
  mkdir -p "$to/licences"
  { echo "$fontconfig"; linked "$fontconfig" "$to"/runtime/lib/*.so "$to"/runtime/lib/server/*.so "$to/runtime/bin/java"; } |
    sort -u | while read -r file; do
      cp -L "$file" "$to/runtime/lib/$(basename "$file")"
      copyright "$file"
    done
}

copy_font() {
  local font=/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf
  [ -f "$font" ] || fail "$font is needed (Debian, Ubuntu: apt-get install fonts-dejavu-core)."
  mkdir -p "$to/native/fonts"
  cp "$font" "${font%.ttf}-Bold.ttf" "$to/native/fonts/"
  cp "$root/native/fonts.conf" "$to/native/fonts/"
  copyright "$font"
}

# DJL would unpack libtorch into the home folder at the first start: unpack it here, and only once.
copy_program() {
  local jar jar_tool scratch
  jar_tool=$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}jar") || fail "the command jar is needed: a JDK."
  mkdir -p "$to/native/libtorch/lib"
  cp -r "$root/target/quarkus-app" "$to/app"
  scratch=$(mktemp -d)
  for jar in "$to"/app/lib/main/*pytorch-native-cpu-*.jar; do
    (cd "$scratch" && "$jar_tool" xf "$jar")
    find "$scratch" -name '*.so*' -exec mv -t "$to/native/libtorch/lib" {} +
    "$jar_tool" --create --file "$jar" --manifest "$scratch/META-INF/MANIFEST.MF" -C "$scratch" native
  done
  (cd "$scratch" && "$jar_tool" xf "$to"/app/lib/main/ai.djl.pytorch.pytorch-jni-*.jar jnilib)
  mv "$scratch/jnilib/linux-$(uname -m)/cpu/libdjl_torch.so" "$to/native/libtorch/lib/"
  rm -rf "$scratch"
  echo "$libtorch_wanted+cpu" >"$to/native/libtorch/build-version"
}

"$root/fourier-masks" --version >/dev/null # builds what is not built
# shellcheck source=native/environment.sh
. "$root/native/environment.sh"
make_runtime
copy_libraries
copy_font
copy_program
cp "$root/native/environment.sh" "$to/native/"
cp -r "$root/samples" "$root/LICENSE" "$root/target/licences/THIRD-PARTY" "$to/"
install -m 755 "$root/native/launcher.sh" "$to/fourier-masks"
