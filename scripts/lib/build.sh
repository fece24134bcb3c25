# Builds the jar when it is missing or when a source was added, removed or changed since it was made.
# Needs root; jdk for building. Sets jar.

readonly target=$root/target
readonly jar=$target/scaleinv.jar
readonly stamp=$target/scaleinv.stamp

say() { printf 'scaleinv: %s\n' "$*" >&2; }

# One line a source: path, size, time of the last change. nvcc is none: on a cluster the node that runs may lack the one
# that the node that built had.
list_sources() {
  (cd "$root" && find pom.xml LICENSE NOTICE scripts/lib/UpdateClassFiles.java src/main bindings native kernels \
    -type f ! -path 'native/tests/*' ! -path 'native/emulator/*' ! -name '.*' ! -name '*~' -printf '%p %s %T@\n' 2>/dev/null) || true
}

is_fresh() { [[ -f $jar && -f $stamp && $(list_sources) == "$(<"$stamp")" ]]; }

# with_lock COMMAND...: one build at a time in this folder. The lock is the folder itself, so it leaves nothing behind.
with_lock() {
  local held status=0
  trap 'exit 130' INT
  if command -v flock >/dev/null; then
    exec {held}<"$root"
    flock -n "$held" || { say "waiting for another build in $root"; flock "$held"; }
    "$@" || status=$?
    exec {held}<&-
  else
    take_folder_lock
    "$@" || status=$?
    rm -rf "$root/.building"
  fi
  return $status
}

# where there is no flock: a folder with the holder's process id, taken over when that process is gone
take_folder_lock() {
  local holder told=
  until mkdir "$root/.building" 2>/dev/null; do
    holder=$(cat "$root/.building/pid" 2>/dev/null || true)
    if [[ -n $holder ]] && ! kill -0 "$holder" 2>/dev/null; then
      rm -rf "$root/.building"
      continue
    fi
    [[ -n $told ]] || say "waiting for another build in $root"
    told=yes
    sleep 0.2
  done
  printf '%s\n' $$ >"$root/.building/pid"
  trap 'rm -rf "$root/.building"' EXIT
}

ensure_built() {
  is_fresh || with_lock build_unless_fresh
}

# another start may have built it while this one waited
build_unless_fresh() {
  is_fresh && return
  source "$root/scripts/lib/maven.sh"
  build_jar
}
