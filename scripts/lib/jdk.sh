# Finds a JDK. Sets jdk to its folder.

readonly jdk_minimum=25

# is_jdk DIR: whether DIR holds a JDK (not a bare run-time) that is new enough, by its release file
is_jdk() {
  local line
  [[ -r $1/release && -x $1/bin/java && -x $1/bin/javac ]] || return 1
  while IFS= read -r line; do
    [[ $line =~ ^JAVA_VERSION=\"?([0-9]+) ]] && ((BASH_REMATCH[1] >= jdk_minimum)) && return
  done <"$1/release"
  return 1
}

# JAVA_HOME first, then the java of PATH, then the folders where package managers and installers put a JDK
find_jdk() {
  local folder java home=${HOME:-/nonexistent}
  if [[ -n ${JAVA_HOME:-} ]] && is_jdk "$JAVA_HOME"; then
    jdk=$JAVA_HOME
    return
  fi
  if java=$(command -v java); then
    java=$(readlink -f "$java")
    folder=${java%/bin/java}
    is_jdk "$folder" && jdk=$folder && return
  fi
  for folder in "${CONDA_PREFIX:-/nonexistent}"{/lib/jvm,} /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* \
      /usr/local/java/* "$home"/.sdkman/candidates/java/* "$home"/.jdks/* "$home"/jdk* \
      "$home"/{miniforge3,mambaforge,miniconda3,anaconda3,micromamba}{,/envs/*}{/lib/jvm,}; do
    is_jdk "$folder" && jdk=$folder && return
  done
  return 1
}
