#!/usr/bin/env bash
# Calls what streams, and sees that it comes piece by piece: check.sh URL
set -euo pipefail
url=${1:?usage: check.sh URL, as up.sh printed it}

# What curl gets, and whether its first byte came clearly before its last.
expect() {
  local what=$1 path=$2 answer
  answer=$(curl -sS -N --max-time 30 -w 'status %{http_code}, first byte after %{time_starttransfer} s of %{time_total} s' "$url$path")
  if [[ $answer == *"data: 1"*"data: 2"*"data: 5"*"status 200"* ]] &&
    awk '{ exit !($(NF - 4) + 0.3 < $(NF - 1)) }' <<< "${answer##*$'\n'}"; then
    echo "ok    $what"
  else
    printf 'wrong %s:\n%s\n' "$what" "$answer" >&2
    exit 1
  fi
}

expect "a function that streams" "/count?to=5"
expect "a backend that streams"  "/again?to=5"
