# Names each tool that is missing, with the commands that install it. Installs nothing.

readonly -A packages_debian=([jdk]=openjdk-25-jdk [compiler]=g++ [cmake]=cmake [make]=make)
readonly -A packages_fedora=([jdk]=java-25-openjdk-devel [compiler]=gcc-c++ [cmake]=cmake [make]=make)
readonly -A packages_conda=([jdk]='openjdk=25' [compiler]=cxx-compiler [cmake]=cmake [make]=make)
readonly -A tools=(
  [jdk]='a JDK of release 25 or later (JAVA_HOME, PATH and the usual folders were looked through)'
  [compiler]='a C++20 compiler (CXX, else c++: g++ 10 or later, or clang++ 12 or later)'
  [cmake]='CMake 3.20 or later'
  [make]='make or ninja'
)

has_compiler() {
  local compiler=${CXX:-c++}
  command -v "${compiler%% *}" >/dev/null || return 1
  $compiler -std=c++20 -fsyntax-only -x c++ - <<<'#include <concepts>' 2>/dev/null
}

has_cmake() {
  local version
  version=$(cmake --version 2>/dev/null | sed -n 's/^cmake version \([0-9.]*\).*/\1/p')
  [[ -n $version && $(printf '%s\n' 3.20 "$version" | sort -V | head -n 1) == 3.20 ]]
}

# sets absent to the tools that are missing
find_absent() {
  absent=()
  is_jdk "${jdk:-}" || absent+=(jdk)
  has_compiler || absent+=(compiler)
  has_cmake || absent+=(cmake)
  command -v make >/dev/null || command -v ninja >/dev/null || absent+=(make)
}

require_build_tools() {
  find_absent
  ((${#absent[@]} == 0)) || name_missing "${absent[@]}"
}

# name_missing TOOL...: says what is missing and how to get it, and ends with status 1
name_missing() {
  local tool debian='' fedora='' conda=''
  {
    echo 'scaleinv: cannot build, because this is missing:'
    for tool in "$@"; do
      echo "  - ${tools[$tool]}"
      debian+=" ${packages_debian[$tool]}" fedora+=" ${packages_fedora[$tool]}" conda+=" ${packages_conda[$tool]}"
    done
    echo 'It can be installed with one of:'
    echo "  Debian, Ubuntu   sudo apt-get install$debian"
    echo "  Fedora           sudo dnf install$fedora"
    echo "  without root     conda create -n scaleinv -c conda-forge$conda && conda activate scaleinv"
  } >&2
  exit 1
}
