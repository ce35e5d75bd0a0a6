#!/usr/bin/env bash
# Calls the API with the keys and without: check.sh URL GOLD-KEY FREE-KEY
set -euo pipefail
url=${1:?usage: check.sh URL GOLD-KEY FREE-KEY, as up.sh printed them}
gold=${2:?the key of the plan gold}
free=${3:?the key of the plan free}

# expect WHAT PATTERN CURL-ARGUMENT…: the answer, status line and headers included, holds the pattern.
expect() {
  local what=$1 pattern=$2 answer
  shift 2
  answer=$(curl -sS -i --max-time 10 "$@" | tr -d '\r')
  if grep -qE -- "$pattern" <<< "$answer"; then
    echo "ok    $what"
  else
    printf 'wrong %s: no %s in\n%s\n' "$what" "$pattern" "$answer" >&2
    exit 1
  fi
}

expect "no key where none is required" '"status": "well"'          "$url/status"
expect "no key where one is"           '^HTTP/1.1 403'             "$url/orders"
expect "its text"                      '\{"message":"Forbidden"\}' "$url/orders"
expect "a key that nobody has"         '^HTTP/1.1 403'             -H "x-api-key: ${gold}x" "$url/orders"
expect "a key of the plan gold"        '"ordersOf": "[a-z0-9]+"'   -H "x-api-key: $gold" "$url/orders"
expect "once with the free key"        '^HTTP/1.1 200'             -H "x-api-key: $free" "$url/orders"
expect "twice"                         '^HTTP/1.1 200'             -H "x-api-key: $free" "$url/orders"
expect "three times"                   '^HTTP/1.1 429'             -H "x-api-key: $free" "$url/orders"
expect "the other plan still"          '^HTTP/1.1 200'             -H "x-api-key: $gold" "$url/orders"
