#!/bin/sh
# Sets up what is missing, builds, and runs every test, in a plain and in a sanitized build. Ends
# with "N passed, N failed".
#   MADANG_BUILD   build folders start with this name (default: _build-tests in the project)
#   --quick        leaves out the sanitized build and the benchmarks
#   --long         plays every journey through the window, in the sanitized build too, and measures
#                  the benchmarks with all records; else their short form is measured
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=${MADANG_BUILD:-$root/_build-tests}
quick=no
long=no
suites="--no-suite long-journey"
sanitized_suites="--no-suite checks --no-suite table --no-suite journey --no-suite long-journey"
case "${1:-}" in
  --quick) quick=yes ;;
  --long) long=yes suites="" sanitized_suites="--no-suite checks" ;;
esac

sh "$root/data/packages/install.sh" build run headless test
export LC_ALL=ko_KR.UTF-8
# Seconds that a journey waits for what it expects to see: a busy computer is no fault.
export MADANG_TEST_PATIENCE="${MADANG_TEST_PATIENCE:-60}"

status=0
prepare() { # FOLDER OPTION…
  folder=$1
  shift
  [ -f "$folder/build.ninja" ] || meson setup "$folder" "$root" --prefix="$folder/install" --libdir=lib "$@"
  meson compile -C "$folder"
  meson install -C "$folder" --only-changed --quiet
}

prepare "$build"
# shellcheck disable=SC2086 # a list of options
meson test -C "$build" --print-errorlogs --num-processes 2 --timeout-multiplier 3 $suites || status=1
set -- "$build/meson-logs/testlog.junit.xml"

if [ "$quick" = no ]; then
  prepare "$build-sanitized" -Db_sanitize=address,undefined -Db_lundef=false -Dbuildtype=debug
  # Instrumented code is not measured, and its format is the same.
  # A simulated life takes five times as long here: fewer of them.
  # shellcheck disable=SC2086 # a list of options
  MADANG_SIM_SEEDS=1-20 meson test -C "$build-sanitized" --print-errorlogs --num-processes 2 --timeout-multiplier 8 \
    $sanitized_suites || status=1
  set -- "$@" "$build-sanitized/meson-logs/testlog.junit.xml"
fi

# What misses its gate is measured again, thrice at most: a busy computer is no fault.
measure() { # NAME
  for _ in 1 2 3; do
    meson test -C "$build" --benchmark --no-rebuild --print-errorlogs --num-processes 1 \
      --logbase "benchmark-$1" "$1" && return 0
  done
  return 1
}

[ "$long" = yes ] || export MADANG_BENCHMARK_SHORT=yes
if [ "$quick" = no ]; then
  for name in $(meson introspect "$build" --benchmarks | python3 -c '
import json, sys
print(*(benchmark["name"] for benchmark in json.load(sys.stdin)))'); do
    measure "$name" || status=1
    set -- "$@" "$build/meson-logs/benchmark-$name.junit.xml"
  done
fi

python3 "$root/tests/support/count_results.py" "$@" || status=1
exit "$status"
