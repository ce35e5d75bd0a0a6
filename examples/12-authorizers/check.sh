#!/usr/bin/env bash
# Calls the API as several callers: check.sh URL
set -euo pipefail
url=${1:?usage: check.sh URL, as up.sh printed it}

# expect WHAT PATTERN CURL-ARGUMENT…: the answer, status line and headers included, holds the pattern.
expect() {
  local what=$1 pattern=$2 answer
  shift 2
  answer=$(curl -sS -i --max-time 20 "$@" | tr -d '\r')
  if grep -qE -- "$pattern" <<< "$answer"; then
    echo "ok    $what"
  else
    printf 'wrong %s: no %s in\n%s\n' "$what" "$pattern" "$answer" >&2
    exit 1
  fi
}

expect "no token"                     '\{"message":"Unauthorized"\}'        "$url/notes"
expect "what is no token"             '^HTTP/1.1 401'                       -H 'Authorization: Basic eA==' "$url/notes"
expect "a token of nobody"            '^HTTP/1.1 401'                       -H 'Authorization: Bearer nobody' "$url/notes"
expect "a token of Ada"               '"notesOf": "ada", "admin": true'     -H 'Authorization: Bearer ada' "$url/notes"
expect "a token of Ben"               '"notesOf": "ben", "admin": false'    -H 'Authorization: Bearer ben' "$url/notes"
expect "what the policy denies"       'not authorized to access this resource with an explicit deny' \
  -X DELETE -H 'Authorization: Bearer ada' "$url/notes"

# The function is asked once: the second answer was made at the same time as the first.
asked() { curl -sS --max-time 20 -H 'Authorization: Bearer cleo' "$url/notes"; }
first=$(asked)
expect "an answer that is kept"       "$(grep -oE '"askedAt": "[0-9]+"' <<< "$first")" -H 'Authorization: Bearer cleo' "$url/notes"

expect "a tenant without a header"    '^HTTP/1.1 401'                       "$url/tenant?tenant=acme"
expect "a tenant in two places"       '"tenant": "acme", "plan": "(gold|none)"' -H 'X-Tenant: acme' "$url/tenant?tenant=acme"
expect "two tenants"                  '\{"Message":"User is not authorized to access this resource"\}' \
  -H 'X-Tenant: acme' "$url/tenant?tenant=other"
