#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The long form of the fuzzing: libFuzzer with the address and undefined-behaviour sanitizers.
# Needs clang with its runtime (Debian: clang, libclang-rt-14-dev or libfuzzer-14-dev).
#
#   tests/fuzz/run-long.sh BUILD-FOLDER [SECONDS [TARGET…]]
#
# What is found stands in BUILD-FOLDER/found. Mend it, then put a copy into
# tests/fixtures/fuzz/TARGET, where the ordinary tests keep trying it.

set -eu

source=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:?usage: $0 BUILD-FOLDER [SECONDS [TARGET…]]}
seconds=${2:-60}
[ $# -le 2 ] && set -- "$build" "$seconds" json-scan mutation pull-line push-request reply wire-record
shift 2

if [ ! -e "$build/build.ninja" ]; then
  CC=clang meson setup "$build" "$source" -Db_sanitize=address,undefined -Db_lundef=false \
    -Dc_args=-fsanitize=fuzzer-no-link -Doptimization=1 -Dwerror=false
fi
build=$(cd "$build" && pwd)

export G_SLICE=always-malloc G_DEBUG=fatal-warnings UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
for target in "$@"; do
  ninja -C "$build" -j 2 "tests/fuzz/long-$target"
  mkdir -p "$build/corpus/$target" "$build/found"
  "$build/tests/fuzz/long-$target" -max_total_time="$seconds" -max_len=8192 -timeout=1 \
    -rss_limit_mb=1024 -print_final_stats=1 -dict="$source/tests/fuzz/json.dict" \
    -artifact_prefix="$build/found/$target-" \
    "$build/corpus/$target" "$source/tests/fixtures/fuzz/$target"
done
