#!/usr/bin/env bash
# Calls the API by its domain name: check.sh DOMAIN
set -euo pipefail
domain=${1:?usage: check.sh DOMAIN, as up.sh printed it}
endpoint=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}

# expect STAGE PATH [CURL-OPTION...]
expect() {
  local got
  got=$(curl -sS --fail --max-time 10 -H "Host: $domain" "${@:3}" "$endpoint$2")
  if [ "$got" = "$1" ]; then
    echo "ok    $1 $2 ${*:3}"
  else
    printf 'wrong %s: %s has answered, not %s\n' "$2" "$got" "$1" >&2
    exit 1
  fi
}

expect stable /pets
expect beta   /pets -H 'X-Version: beta-2'
expect stable /pets -H 'X-Version: Beta'
expect beta   /preview/eu/pets
