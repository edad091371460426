#!/bin/sh
# Builds Madang, starts a server with invented data on this computer and opens the program.
# Without a display it plays the main job in a virtual one and leaves pictures.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${MADANG_BUILD:-$root/_build}
demo=$build/demo

display=yes
[ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ] || display=no
[ "${1:-}" != --tour ] || display=no

if [ "$display" = yes ]; then
  sh "$root/data/packages/install.sh" build run
else
  sh "$root/data/packages/install.sh" build run headless
fi

if [ ! -f "$build/build.ninja" ]; then
  meson setup "$build" "$root" --prefix="$build/install" --libdir=lib -Dtests=false
fi
echo "마당을 만듭니다. 처음에는 1~3분쯤 걸립니다."
meson compile -C "$build"
meson install -C "$build" --only-changed --quiet

export LC_ALL=ko_KR.UTF-8
export XDG_DATA_DIRS="$build/install/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"
mkdir -p "$demo"
rm -f "$demo/port"

"$build/install/bin/madang-server" demo --directory "$demo/server" --port-file "$demo/port" &
server=$!
cleanup() {
  kill "$server" 2>/dev/null || true
  [ -z "${xvfb:-}" ] || kill "$xvfb" 2>/dev/null || true
}
trap cleanup EXIT
trap 'exit 130' INT TERM

tries=0
while [ ! -s "$demo/port" ]; do
  kill -0 "$server" 2>/dev/null || { echo "서버가 시작되지 않았습니다. 위의 알림을 보세요." >&2; exit 1; }
  tries=$((tries + 1))
  [ "$tries" -lt 300 ] || { echo "서버가 30초 안에 시작되지 않았습니다." >&2; exit 1; }
  sleep 0.1
done
url=http://127.0.0.1:$(cat "$demo/port")

set -- --demo "$demo/server/accounts.ini" --server "$url" --data-directory "$demo/client"
if [ "$display" = yes ]; then
  echo "마당을 엽니다. 사람을 바꾸려면 왼쪽 아래의 계정 단추를 누르세요."
  "$build/install/bin/madang" "$@"
else
  echo "화면이 없어 가상 화면에서 주요 작업을 해 보고 그림을 남깁니다."
  pictures=$demo/pictures
  rm -rf "$pictures" "$demo/client"
  mkdir -p "$pictures"
  rm -f "$demo/display"
  Xvfb -displayfd 7 -screen 0 1280x800x24 -nolisten tcp 7>"$demo/display" >"$demo/xvfb.log" 2>&1 &
  xvfb=$!
  tries=0
  while [ ! -s "$demo/display" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { echo "가상 화면이 열리지 않았습니다: $demo/xvfb.log" >&2; exit 1; }
    sleep 0.1
  done
  DISPLAY=:$(cat "$demo/display")
  export DISPLAY
  unset WAYLAND_DISPLAY
  export GDK_BACKEND=x11 GSK_RENDERER=cairo GTK_A11Y=none GSETTINGS_BACKEND=memory
  dbus-run-session -- "$build/install/bin/madang" "$@" --tour "$pictures"
  echo "그림을 남겼습니다:"
  ls "$pictures"/*.png
fi
