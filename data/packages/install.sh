#!/bin/sh
# Installs the packages of the named lists that are missing, and the Korean locale.
# Needs the network only when something is missing. Works as root and as a user with sudo.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

missing=
for list in "$@"; do
  while read -r package; do
    [ -n "$package" ] || continue
    # A list may name a package that a newer Debian carries no more: the tests say what they skip.
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing="$missing $package"
  done < "$here/$list.txt"
done

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    echo "필요한 꾸러미가 없습니다:$missing" >&2
    echo "관리자에게 설치를 부탁하거나 sudo를 쓸 수 있는 계정으로 다시 실행하세요." >&2
    exit 1
  fi
}

if [ -n "$missing" ]; then
  echo "꾸러미를 설치합니다:$missing"
  as_root apt-get update -qq
  available=
  for package in $missing; do
    if [ -n "$(apt-cache policy "$package" | sed -n 's/^  Candidate: \([^(]\)/\1/p')" ]; then
      available="$available $package"
    else
      echo "이 데비안에는 $package 꾸러미가 없어 건너뜁니다."
    fi
  done
  # shellcheck disable=SC2086 # a list of names
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    $available >/dev/null
fi

if command -v localedef >/dev/null 2>&1 && ! locale -a 2>/dev/null | grep -qi '^ko_KR\.utf-\?8$'; then
  echo "한국어 로캘을 만듭니다."
  as_root localedef -i ko_KR -f UTF-8 ko_KR.UTF-8
fi
