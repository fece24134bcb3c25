# Names the tests that were left out, from the reports that the runs left. Needs target.

# one line a test: its name, a tab, the reason
list_not_run() {
  local report
  for report in "$target"/{surefire,checked,failsafe}-reports/TEST-*.xml "$target/ctest.xml"; do
    [[ -f $report ]] && skipped_in "$report"
  done | LC_ALL=C sort
}

# the cases of one JUnit report that hold a <skipped> element
skipped_in() {
  awk '
    function attribute(name) {
      if (!match($0, "[ <]" name "=\"[^\"]*\"")) return ""
      return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
    }
    /<testcase/ { class = attribute("classname"); test = attribute("name") }
    /<skipped/ {
      name = (class == "" || class == test) ? test : class (test == "" ? "" : "." test)
      print name "\t" attribute("message")
    }
  ' "$1"
}
