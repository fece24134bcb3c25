# The JVM's start-up cache (JEP 483 and 514): the classes of some short runs, loaded and linked ahead of time.
# Needs root, jdk and jar. It lies in the user's cache, by JDK, jar and the jar's place; the JVM compares all three again
# and starts without a cache that does not fit.

# empty where there is no home folder: then there is no cache
cache_folder=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
readonly cache_folder=${cache_folder:+$cache_folder/scaleinv}

# sets startup_cache, and startup_family: what the caches of other builds of the same jar share in their names
name_startup_cache() {
  local place
  place=$(cksum <<<"$jdk $jar")
  startup_family=$cache_folder/startup-${place%% *}
  startup_cache=$startup_family-$(stat -c '%Y-%s' "$jar").aot
}

# Flags that a training run and a start have in common: a cache fits only the collector that it was made with. One thread
# collects, in a young generation of 16 MB: what is large lies outside the heap, and a larger young generation is a
# larger process.
readonly heap_flags=(-XX:+UseSerialGC -XX:NewSize=16m -XX:MaxNewSize=16m)

# By a cache's profiles (JEP 515) the JVM would compile from the start what a training run used much, and go on in the
# background while native code works: 60 ms of processor time at the start of every command, and 20 more in one that takes
# longer. It compiles what turns out to be used much in this run. A release that does not know the flag starts without it.
readonly on_demand=(-XX:+UnlockDiagnosticVMOptions -XX:+IgnoreUnrecognizedVMOptions -XX:-AOTReplayTraining)

# The JVM's thorough compiler took 40 % of the demo's processor time, for code that is 1 % of the work: all that runs long
# is native, except SHA-256, whose instructions only that compiler knows. So it gets SHA-256 alone (compiler.directives;
# the JVM tells of such a list on standard output unless its own messages are off), and nothing where no weights are
# hashed.
readonly quick_compiler=(-XX:TieredStopAtLevel=1 "${on_demand[@]}")
readonly thorough_for_hashing=(-XX:+UnlockDiagnosticVMOptions -XX:-DisplayVMOutput -XX:CompileCommand=quiet
  "-XX:CompilerDirectivesFile=$root/scripts/lib/compiler.directives")

# hashes_weights ARGUMENT...: whether results are kept or given away, and with them the digest of the weights
hashes_weights() {
  case ${1:-} in
    compare | demo) return 0 ;;
    measure) [[ " $* " =~ \ (-o|--output|--format) ]] ;;
    *) return 1 ;;
  esac
}

# startup_flags ARGUMENT...: sets flags for a start. Where there is no cache yet, one is made in the background; an empty
# one says that making it failed.
startup_flags() {
  # a cache that does not fit is no news to the user, and the JVM would tell it on standard output
  flags=("${heap_flags[@]}" '-Xlog:aot*=off' '-Xlog:cds*=off')
  if hashes_weights "$@"; then flags+=("${thorough_for_hashing[@]}"); else flags+=("${quick_compiler[@]}"); fi
  [[ -n $cache_folder ]] || return 0
  name_startup_cache
  if [[ -s $startup_cache ]]; then
    flags+=("-XX:AOTCache=$startup_cache")
  elif [[ ! -e $startup_cache ]]; then
    (train_startup &) </dev/null >/dev/null 2>&1
  fi
}

train_startup() {
  local made work
  [[ -n $cache_folder ]] || return 0
  name_startup_cache
  mkdir -p "$cache_folder" 2>/dev/null && [[ -w $cache_folder ]] || return 0
  work=$cache_folder/.training-$$-$RANDOM
  made=$work/startup.aot
  mkdir "$work" || return 0
  printf '1\n2 3\n' >"$work/distances.txt"
  printf '0 0\n0 1\n1 0\n1 1\n' >"$work/points.txt"
  printf '\0\0\200\077' >"$work/distances.bin"
  # without --enable-native-access, which a start takes from the manifest: a cache made with it would not fit
  env -u JAVA_TOOL_OPTIONS -u JDK_JAVA_OPTIONS "$jdk/bin/java" "${heap_flags[@]}" "-XX:AOTCacheOutput=$made" \
    -cp "$jar" org.scaleinv.cli.Rehearsal \
    compare "$root"/examples/kjv/d{32-l2,48-l3}-s0 --null-draws 2 -o "$work/results" \
    + homology "$work/distances.txt" -o "$work/diagrams" \
    + homology "$work/points.txt" --threshold 1 --cocycles --format json \
    + homology "$work/distances.bin" --format csv </dev/null >/dev/null 2>&1 ||
    rm -f "$made"
  rm -f "$startup_family"-*.aot
  [[ -f $made ]] || : >"$made"
  mv -f "$made" "$startup_cache"
  rm -rf "$work"
}
