#!/usr/bin/env bash
# Calls the function through the API and by itself: check.sh URL
set -euo pipefail
url=${1:?usage: check.sh URL, as up.sh printed it}
endpoint=${url%/_aws/execute-api/*}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=

# expect WHAT TEXT COMMAND…: what the command prints holds the text.
expect() {
  local what=$1 text=$2 answer
  shift 2
  answer=$("$@")
  if [[ $answer == *"$text"* ]]; then
    echo "ok    $what"
  else
    printf 'wrong %s: no %s in\n%s\n' "$what" "$text" "$answer" >&2
    exit 1
  fi
}

invoke() {
  local event answer
  event=$(mktemp) answer=$(mktemp)
  echo "$1" > "$event"
  aws --endpoint-url "$endpoint" lambda invoke --function-name greeter-java --payload "fileb://$event" "$answer" > /dev/null
  cat "$answer"
  rm -f "$event" "$answer"
}

expect "through the API"  'Hello, Ada!'                    curl -sS --max-time 20 "$url/hello?name=Ada"
expect "without a name"   'Hello, stranger!'               curl -sS --max-time 20 "$url/hello"
expect "aws lambda invoke" '{"greeting":"Hello, Grace!"}'   invoke '{"name": "Grace"}'
