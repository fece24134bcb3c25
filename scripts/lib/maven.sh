# Runs Maven on this project. Needs root, jdk and what build.sh defines.

source "$root/scripts/lib/missing.sh"

readonly build_log=$target/build.log

# a system Maven that is new enough, else the wrapper, which fetches one into the user's Maven folder
find_maven() {
  local version
  if command -v mvn >/dev/null; then
    version=$(mvn -version 2>/dev/null | sed -n 's/^.*Apache Maven \([0-9.]*\).*/\1/p')
    if [[ -n $version && $(printf '%s\n' 3.6.3 "$version" | sort -V | head -n 1) == 3.6.3 ]]; then
      maven=mvn
      return
    fi
  fi
  maven=$root/mvnw
}

# prepare_maven: checks the tools, finds Maven and sets its environment
prepare_maven() {
  local cores
  require_build_tools
  export JAVA_HOME=$jdk
  find_maven
  command -v make >/dev/null || export CMAKE_GENERATOR=Ninja
  cores=$(nproc 2>/dev/null || echo 2)
  export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$cores}
  # Maven's own libraries use calls that JDK 24 and later warn of
  export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
  # CMake refuses a build folder that was made elsewhere, as after moving the clone
  local cache=$target/native/CMakeCache.txt
  if [[ -f $cache ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root/native" "$cache"; then
    rm -rf "$target/native"
  fi
}

run_maven() { (cd "$root" && "$maven" -B -ntp -Dstyle.color=never "$@"); }

# package_jar COMMAND...: runs a Maven COMMAND that makes the jar beside its place, and moves it into place whole.
# The stamp follows the jar, so a build that was killed is no build. The sources are listed first: one that changes
# meanwhile is built at the next start.
package_jar() {
  local fresh=$target/fresh sources status=0
  mkdir -p "$target"
  # Maven would leave what earlier builds put there and this one does not
  rm -rf "$fresh" "$target/classes" "$target/test-classes"
  sources=$(list_sources)
  "$@" -Dscaleinv.jar="$fresh/scaleinv.jar" || status=$?
  if ((status == 0)); then
    rm -f "$stamp"
    mv -f "$fresh/scaleinv.jar" "$jar"
    printf '%s\n' "$sources" >"$stamp.new"
    mv -f "$stamp.new" "$stamp"
  fi
  rm -rf "$fresh"
  return $status
}

# Needs train_startup of startup.sh.
build_jar() {
  local started=$SECONDS
  say "building in $root (needed once, and after a source has changed)"
  prepare_maven
  if ! package_jar package_quietly; then
    explain_failure
    return 1
  fi
  train_startup
  say "built in $((SECONDS - started)) s"
}

package_quietly() { run_maven -Dmaven.test.skip=true package "$@" 2>&1 </dev/null | tee "$build_log" | tell_progress; }

# Maven's log on standard input; the steps that take long, on standard error
tell_progress() {
  local line
  while IFS= read -r line; do
    case $line in
      *':unpack (openblas)'*) say '  unpacking OpenBLAS and JCuda' ;;
      *':exec (cmake-build)'*) say '  compiling the native engine' ;;
      'compiling CUDA kernels '*) say "  $line" ;;
      'scaleinv: no CUDA kernels '*) say "  ${line#scaleinv: }" ;;
      *':compile (default-compile)'*) say '  compiling Java' ;;
      *':shade ('*) say '  packing the jar' ;;
    esac
  done
}

# the compilers' own errors from the log, without Maven's advice
explain_failure() {
  say 'the build failed:'
  awk '
    /^\[ERROR\] (\[Help|To see|Re-run|For more|$)/ || /-> \[Help/ { next }
    /^\[ERROR\]/ { sub(/^\[ERROR\] */, ""); if (!seen[$0]++) print "  " $0; next }
    /(error|Error):/ || /CMake Error/ || /^make.*\*\*\*/ { context = 4 }
    context > 0 && !/^\[INFO\]/ { print "  " $0; context-- }
  ' "$build_log" >&2
  say "the whole log is $build_log"
}
