#!/usr/bin/env bash
# Run once by Gradescope, as root, when the image is built: this file lies in /autograder/source.
set -euo pipefail
source="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

install() { # packages of the system
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
}

find_python() { # the first interpreter that is new enough and can make an environment
  for name in python3.13 python3.12 python3.11 python3; do
    if "$name" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
}

command -v bwrap >/dev/null || install bubblewrap
python="$(find_python)"
if [ -z "$python" ]; then
  install python3.11 python3.11-venv || install python3 python3-venv
  python="$(find_python)"
fi
if [ -z "$python" ]; then
  echo "gradecheck needs Python 3.11 or newer. Choose a newer base image (Ubuntu 24.04) for this assignment." >&2
  exit 1
fi

"$python" -m venv "$source/venv"
"$source/venv/bin/python" -m pip install --quiet --no-compile --requirement "$source/requirements.txt"
# Programs run as another user, who may see the engine and must not see the course.
chmod -R a+rX "$source/engine" "$source/venv"
chmod -R go-rwx "$source/course"
