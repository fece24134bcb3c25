# The report of an acceptance whose build failed: there is no program that could write it.

# json_text TEXT: as a JSON string, without control characters
json_text() { printf '"%s"' "$(printf '%s' "$1" | tr '\n\t' '  ' | tr -d '\000-\037' | sed 's/[\\"]/\\&/g')"; }

# option NAME DEFAULT ARGUMENTS...: the value of "NAME value", or of "NAME=value" where NAME is a long option
option() {
  local name=$1 value=$2
  shift 2
  while (($# > 0)); do
    case $1 in
      "$name") value=${2:-$value} ;;
      --*=*) [[ ${1%%=*} != "$name" ]] || value=${1#*=} ;;
    esac
    shift
  done
  printf '%s' "$value"
}

# leave_failed_report STARTED SAID ARGUMENTS...: when it began, the file with what the build said, those of the script
leave_failed_report() {
  local started=$1 said=$2 folder engine device timings=measured line details='' now why='the build failed'
  shift 2
  folder=$(option -o gpu-acceptance "$@")
  engine=$(option --engine cuda "$@")
  device=$(option --device 0 "$@")
  # of options that cannot work there is nothing to report
  [[ $engine == cuda || $engine == cuda-emulated ]] && [[ $device =~ ^[0-9]{1,9}$ ]] || return 0
  [[ $engine == cuda ]] || timings=meaningless
  now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  while IFS= read -r line; do
    details+=${details:+, }$(json_text "$line")
  done <"$said"
  mkdir -p "$folder"
  cat >"$folder/acceptance.json" <<END
{
  "format" : "scaleinv.acceptance/1",
  "engine" : { "name" : "$engine", "device" : $((10#$device)) },
  "timings" : "$timings",
  "complete" : false,
  "passed" : false,
  "provenance" : {
    "version" : "not built", "host" : $(json_text "$(uname -n)"), "started" : "$started", "finished" : "$now",
    "seconds" : $SECONDS
  },
  "machine" : { },
  "parts" : [ {
    "part" : "build", "status" : "failed", "seconds" : $SECONDS, "why" : "$why",
    "details" : [ $details ]
  } ],
  "benches" : [ ],
  "comparisons" : [ ]
}
END
  {
    printf 'acceptance of engine %s, device %s\n\npart   status\nbuild  failed\n  %s\n' "$engine" "$device" "$why"
    sed 's/^/  /' "$said"
    printf '\nFailed: nothing was run.\n'
  } >"$folder/acceptance.txt"
  printf 'The report: %s/acceptance.json\n' "$folder"
}
