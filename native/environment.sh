# What the process needs to be told before Java starts: sourced by the launcher of a checkout and by that
# of an assembled program. Expects $root, the folder of the program, say, which prints a sentence, and
# refuse, which then ends the script with code 2.

# The only libtorch that DJL's native code here was built for.
libtorch_wanted=2.7.1
libtorch_cuda=cu128

# All of it.
tell_process() {
  tame_allocator
  tame_threads
  refuse_tf32
  speak_utf8
  choose_libtorch
  export OPT_OUT_TRACKING=true # of what DJL reports about its use
}

# libtorch frees its large blocks after every step. Let the allocator keep those pages instead of
# handing them back to the kernel: a training step is then several times faster on a CPU. jemalloc,
# where there is one, comes first: with it some gradients take a fraction of their time, probably
# because it does not put all large blocks at the same offset in a page (docs/benchmarks.md).
tame_allocator() {
  [ "$(uname -s)" = Linux ] || return 0
  local jemalloc
  for jemalloc in ${JEMALLOC_PLACES:-/usr/lib/"$(uname -m)"-linux-gnu/libjemalloc.so.2 /usr/lib64/libjemalloc.so.2 /usr/lib/libjemalloc.so.2}; do
    if [ -z "${LD_PRELOAD:-}" ] && [ -e "$jemalloc" ]; then
      export LD_PRELOAD=$jemalloc
      export MALLOC_CONF=${MALLOC_CONF:-dirty_decay_ms:-1,muzzy_decay_ms:-1,narenas:2,oversize_threshold:0}
    fi
  done
  export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-1} MALLOC_MMAP_MAX_=${MALLOC_MMAP_MAX_:-0}
  export MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-17179869184} MALLOC_TOP_PAD_=${MALLOC_TOP_PAD_:-67108864}
}

# OpenMP's threads spin while they wait for work. Beside a web server, or anything else that wants the
# cores, that slows a step by a factor of ten to a hundred; asleep they cost a step a tenth.
tame_threads() {
  export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE}
}

# On an NVIDIA GPU convolutions would be rounded to ten bits (TF32), faster and not what the method
# computes. It is read when CUDA is loaded, so it cannot be an option of the program.
refuse_tf32() {
  if [ "${FOURIER_MASKS_TF32:-false}" != true ]; then export NVIDIA_TF32_OVERRIDE=${NVIDIA_TF32_OVERRIDE:-0}; fi
}

# A dataset may have a file Düne.jpg: Java on Linux can write such names only where the locale says how.
speak_utf8() {
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) ;;
    *) if [ "$(uname -s)" = Linux ]; then export LC_ALL=C.UTF-8; fi ;;
  esac
}

# libtorch_version DIR: what the libraries in DIR are, such as 2.7.1+cu128; of the archive of
# pytorch.org and of Python's package torch.
libtorch_version() {
  if [ -f "$1/../build-version" ]; then
    head -n 1 "$1/../build-version"
  elif [ -f "$1/../version.py" ]; then
    sed -n "s/^__version__ *= *['\"]\([^'\"]*\)['\"].*/\1/p" "$1/../version.py"
  fi
}

has_nvidia_driver() {
  [ -e "${NVIDIA_DRIVER:-/proc/driver/nvidia/version}" ] || [ -e /usr/lib/wsl/lib/libcuda.so.1 ]
}

# The program brings a libtorch for CPUs. One for CUDA is too large for that: use what the machine
# has. It is named by PYTORCH_LIBRARY_PATH, or, where there is an NVIDIA driver, found in the usual
# places. One of another version would crash the program in the middle of something; it is refused,
# or, where nobody has named it, passed over with a word. An assembled program has its own for CPUs
# unpacked beside this file.
choose_libtorch() {
  local named=${PYTORCH_LIBRARY_PATH:-} version
  if [ -n "$named" ]; then
    [ -d "$named" ] || refuse "PYTORCH_LIBRARY_PATH: there is no folder $named."
    version=$(libtorch_version "$named")
    [ -n "$version" ] || refuse "PYTORCH_LIBRARY_PATH: $named is not the folder lib of a libtorch: neither build-version nor version.py is beside it."
    adopt_libtorch "$named" "$version" ||
      refuse "PYTORCH_LIBRARY_PATH: $named holds libtorch $version, but the program needs $libtorch_wanted+$libtorch_cuda (CUDA 12.8) or $libtorch_wanted+cpu."
    return
  fi
  if has_nvidia_driver && adopt_cuda; then return; fi
  version=$(libtorch_version "$root/native/libtorch/lib")
  if [ "$version" = "$libtorch_wanted+cpu" ]; then adopt_libtorch "$root/native/libtorch/lib" "$version"; fi
}

# adopt_cuda: looks for a libtorch for CUDA; one that is not found is said.
adopt_cuda() {
  local dir version wrong=""
  for dir in ${LIBTORCH_PLACES:-"$root"/native/libtorch/lib /opt/libtorch/lib /usr/local/libtorch/lib \
    /opt/conda/lib/python3*/site-packages/torch/lib /usr/local/lib/python3*/site-packages/torch/lib \
    /usr/local/lib/python3*/dist-packages/torch/lib}; do
    [ -e "$dir/libtorch_cuda.so" ] || continue
    version=$(libtorch_version "$dir")
    if adopt_libtorch "$dir" "$version"; then return 0; fi
    wrong="$wrong $dir ($version)"
  done
  say "there is an NVIDIA GPU, but no libtorch $libtorch_wanted for CUDA 12.8 was found${wrong:+; not used:$wrong}. The CPU computes. Name its folder lib with PYTORCH_LIBRARY_PATH (docs/operations.md)."
  return 1
}

# adopt_libtorch DIR VERSION: tells DJL to use it, if it is one that fits.
adopt_libtorch() {
  local flavour
  case $2 in
    "$libtorch_wanted+$libtorch_cuda") flavour=$libtorch_cuda ;;
    "$libtorch_wanted+cpu") flavour=cpu ;;
    *) return 1 ;;
  esac
  export PYTORCH_LIBRARY_PATH=$1 PYTORCH_VERSION=$libtorch_wanted PYTORCH_FLAVOR=$flavour
}
