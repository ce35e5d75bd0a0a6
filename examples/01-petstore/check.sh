#!/usr/bin/env bash
# Calls the petstore as a client would: check.sh URL
set -euo pipefail
url=${1:?usage: check.sh URL, as run or up.sh printed it}

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

expect "a list"                     '"id": 2, "type": "dog"'        "$url/pets"
expect "a query parameter"          '"id": 1, "type": "cat"'        "$url/pets?type=cat"
expect "a status of its own"        '^HTTP/1.1 201'                 -X POST "$url/pets"
expect "a header of its own"        '^Location: /pets/3$'           -X POST "$url/pets"
expect "a path parameter"           '"id": "17"'                    "$url/pets/17"
expect "a status that was selected" '^HTTP/1.1 404'                 "$url/pets/404"
expect "its body"                   'There is no such pet'          "$url/pets/404"
expect "the backend's answer"       '"petId": "17", "inStock": 7'   "$url/pets/17/stock"
expect "the backend's header"       '^X-Warehouse: north$'          "$url/pets/17/stock"
expect "a path that is not there"   'Missing Authentication Token'  "$url/owners"
