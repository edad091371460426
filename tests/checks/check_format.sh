#!/bin/sh
# The layout of the C sources is what clang-format 14 makes of .clang-format, nothing else.
set -eu
formatter=$(command -v clang-format-14 || true)
if [ -z "$formatter" ]; then
  echo "clang-format 14 is not here: skipped"
  exit 77
fi
find "$1/src" "$1/tests" -name '*.[ch]' -print0 | xargs -0 "$formatter" --dry-run -Werror
