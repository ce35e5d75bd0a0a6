#!/usr/bin/env bash
# Calls the API with tokens and without: check.sh URL
set -euo pipefail
url=${1:?usage: check.sh URL, as up.sh printed it}

# expect WHAT PATTERN CURL-ARGUMENT…: the answer, status line and headers included, holds the pattern.
expect() {
  local what=$1 pattern=$2 answer
  shift 2
  answer=$(curl -sS -i --max-time 20 "$@" | tr -d '\r')
  if grep -qiE -- "$pattern" <<< "$answer"; then
    echo "ok    $what"
  else
    printf 'wrong %s: no %s in\n%s\n' "$what" "$pattern" "$answer" >&2
    exit 1
  fi
}

# token QUERY: what the issuer signs for it.
token() {
  curl -sS --max-time 20 "$url/login?$1" | sed -E 's/.*"access_token":"([^"]+)".*/\1/'
}

ada=$(token 'sub=ada&scope=orders:read')
buyer=$(token 'sub=ben&scope=orders:read%20orders:write')

expect "a route for everybody"        '"hello":"stranger"'                         "$url/hello"
expect "no token"                     '^HTTP/1.1 401'                              "$url/me"
expect "and what would help"          '^www-authenticate: Bearer'                  "$url/me"
expect "what is no token"             '\{"message":"Unauthorized"\}'               -H 'Authorization: Bearer x.y.z' "$url/me"
expect "a token that was changed"     '^HTTP/1.1 401'                              -H "Authorization: Bearer ${ada%????}AAAA" "$url/me"
expect "a token for others"           '^HTTP/1.1 401' -H "Authorization: Bearer $(token 'sub=ada&aud=bank')" "$url/me"
expect "a token of yesterday"         '^HTTP/1.1 401' -H "Authorization: Bearer $(token 'sub=ada&lasts=-86400')" "$url/me"
expect "a token of Ada"               '"hello":"ada"'                              -H "Authorization: Bearer $ada" "$url/me"
expect "a scope she has not"          '\{"message":"Forbidden"\}' \
  -X POST -H 'Content-Type: application/json' -d '{"what": "tea"}' -H "Authorization: Bearer $ada" "$url/orders"
expect "a scope that Ben has"         '\{"ordered":"tea"\}' \
  -X POST -H 'Content-Type: application/json' -d '{"what": "tea"}' -H "Authorization: Bearer $buyer" "$url/orders"
expect "a cookie of the function"     '^set-cookie: last-order=1' \
  -X POST -H 'Content-Type: application/json' -d '{"what": "tea"}' -H "Authorization: Bearer $buyer" "$url/orders"
expect "a page that may call it"      '^access-control-allow-origin: https://shop.example' \
  -X OPTIONS -H 'Origin: https://shop.example' -H 'Access-Control-Request-Method: GET' "$url/me"
expect "no such route"                '\{"message":"Not Found"\}'                  "$url/nowhere"
