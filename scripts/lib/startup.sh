# The JVM's start-up cache (JEP 483 and 514): the classes of a short run, loaded and linked ahead of time.
# Needs root, jdk and jar. It lies in the user's cache, by JDK, jar and the jar's place; the JVM compares all three again
# and starts without a cache that does not fit.

readonly cache_folder=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/scaleinv

# sets startup_cache, and startup_family: what the caches of other builds of the same jar share in their names
name_startup_cache() {
  local place
  place=$(cksum <<<"$jdk $jar")
  startup_family=$cache_folder/startup-${place%% *}
  startup_cache=$startup_family-$(stat -c '%Y-%s' "$jar").aot
}

# Sets flags for a start. Where there is no cache yet, one is made in the background; an empty one says that making it
# failed.
startup_flags() {
  # a cache that does not fit is no news to the user, and the JVM would tell it on standard output
  flags=('-Xlog:aot*=off' '-Xlog:cds*=off')
  name_startup_cache
  if [[ -s $startup_cache ]]; then
    flags+=("-XX:AOTCache=$startup_cache")
  elif [[ ! -e $startup_cache ]]; then
    (train_startup &) </dev/null >/dev/null 2>&1
  fi
}

train_startup() {
  local made
  name_startup_cache
  mkdir -p "$cache_folder" 2>/dev/null && [[ -w $cache_folder ]] || return 0
  made=$cache_folder/.startup-$$-$RANDOM.aot
  env -u JAVA_TOOL_OPTIONS -u JDK_JAVA_OPTIONS "$jdk/bin/java" "-XX:AOTCacheOutput=$made" -jar "$jar" \
    inspect "$root/examples/kjv/d32-l2-s0" </dev/null >/dev/null 2>&1 || rm -f "$made"
  rm -f "$startup_family"-*.aot "$made.config"
  [[ -f $made ]] || : >"$made"
  mv -f "$made" "$startup_cache"
}
