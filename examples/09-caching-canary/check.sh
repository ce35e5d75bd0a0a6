#!/usr/bin/env bash
# Calls the API and flushes its cache: check.sh URL
set -euo pipefail
url=${1:?usage: check.sh URL, as up.sh printed it}
endpoint=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-us-east-1} AWS_PAGER=

ask() { curl -sS --fail --max-time 10 "$@"; }

# expect WHAT same|new BEFORE NOW
expect() {
  local is=new
  [ "$3" = "$4" ] && is=same
  if [ "$is" = "$2" ]; then
    echo "ok    $1"
  else
    printf 'wrong %s: not the %s answer: %s, before %s\n' "$1" "$2" "$4" "$3" >&2
    exit 1
  fi
}

first=$(ask "$url/time?zone=utc")
expect "asked again"              same "$first" "$(ask "$url/time?zone=utc")"
expect "asked with what no key has" same "$first" "$(ask "$url/time?zone=utc&who=me")"
expect "another zone"             new  "$first" "$(ask "$url/time?zone=cet")"
anew=$(ask -H 'Cache-Control: max-age=0' "$url/time?zone=utc")
expect "asked for a new answer"   new  "$first" "$anew"
expect "which is kept"            same "$anew" "$(ask "$url/time?zone=utc")"

path=${url#*/_aws/execute-api/}
aws --endpoint-url "$endpoint" apigateway flush-stage-cache --rest-api-id "${path%%/*}" --stage-name "${path##*/}"
expect "flushed"                  new  "$anew" "$(ask "$url/time?zone=utc")"
