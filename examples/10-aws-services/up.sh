#!/usr/bin/env bash
# Makes a table, a bucket and a queue, and starts a gateway with the API in front of them: up.sh [COMMAND...], which gets the stage's URL behind it.
# The services are where AWS_ENDPOINT_URL_DYNAMODB, _S3 and _SQS say, else where compose.yaml has them; with PORTICO_AWS_CALL_AWS=true, at AWS.
set -euo pipefail
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
portico=${PORTICO:-$here/../../portico}
export AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
# The AWS CLI is told where the gateway is; the gateway itself must not be.
unset AWS_ENDPOINT_URL
if [ "${PORTICO_AWS_CALL_AWS:-false}" = true ]; then
  account=$(aws sts get-caller-identity --query Account --output text)
  export PORTICO_ACCOUNT_ID=${PORTICO_ACCOUNT_ID:-$account}
  # Without ROLE the API names one that is not there: its calls are made with your keys themselves.
  if [ -z "${ROLE:-}" ]; then
    export PORTICO_AWS_ASSUME_ROLES=${PORTICO_AWS_ASSUME_ROLES:-false}
  fi
else
  export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
  export AWS_ENDPOINT_URL_DYNAMODB=${AWS_ENDPOINT_URL_DYNAMODB:-http://127.0.0.1:8000}
  export AWS_ENDPOINT_URL_S3=${AWS_ENDPOINT_URL_S3:-http://127.0.0.1:8080}
  export AWS_ENDPOINT_URL_SQS=${AWS_ENDPOINT_URL_SQS:-http://127.0.0.1:9324}
  account=000000000000
fi
name=portico-example-$account

work=$(mktemp -d)
started=
ended() {
  trap - EXIT
  if [ -n "$started" ]; then
    kill "$started" 2> /dev/null || true
    wait "$started" 2> /dev/null || true
  fi
  rm -rf "$work"
}
trap ended EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# made WORDS COMMAND…: makes something, or says why not; what the words are said of is there already.
made() {
  local already=$1
  shift
  if ! "$@" > "$work/made" 2>&1 && ! grep -qE "$already" "$work/made"; then
    cat "$work/made" >&2
    exit 1
  fi
}
# at SERVICE WORDS…: the AWS CLI where the service is; not every CLI reads the variables.
at() {
  local endpoint=AWS_ENDPOINT_URL_$1
  shift
  aws ${!endpoint:+--endpoint-url "${!endpoint}"} "$@"
}
made ResourceInUse at DYNAMODB dynamodb create-table --table-name "$name" --billing-mode PAY_PER_REQUEST \
  --attribute-definitions AttributeName=customer,AttributeType=S AttributeName=id,AttributeType=S \
  --key-schema AttributeName=customer,KeyType=HASH AttributeName=id,KeyType=RANGE
at DYNAMODB dynamodb wait table-exists --table-name "$name"
made BucketAlreadyOwnedByYou at S3 s3api create-bucket --bucket "$name"
made QueueAlreadyExists at SQS sqs create-queue --queue-name "$name"

"$portico" serve --ephemeral --port 0 > "$work/gateway" 2>&1 &
started=$!
deadline=$((SECONDS + 600))
until endpoint=$(sed -nE 's|^Portico ready on (http://[^ ]*) in .*$|\1|p' "$work/gateway" | grep -m 1 .); do
  if ! kill -0 "$started" 2> /dev/null || [ "$SECONDS" -gt "$deadline" ]; then
    cat "$work/gateway" >&2
    exit 1
  fi
  sleep 0.05
done

sed -e "s|ROLE|${ROLE:-arn:aws:iam::$account:role/api}|" -e "s|ACCOUNT|$account|" -e "s/TABLE/$name/" -e "s/BUCKET/$name/" -e "s/QUEUE/$name/" \
  "$here/openapi.yaml" > "$work/openapi.yaml"
apigateway() { aws --endpoint-url "$endpoint" --output text apigateway "$@"; }
api=$(apigateway import-rest-api --fail-on-warnings --body "fileb://$work/openapi.yaml" --query id)
apigateway create-deployment --rest-api-id "$api" --stage-name prod > /dev/null
url=$endpoint/_aws/execute-api/$api/prod

if [ $# -gt 0 ]; then
  "$@" "$url"
else
  echo "$url/orders/ann/1, $url/files/a.txt and $url/messages lead to the table, the bucket and the queue $name. Press Ctrl-C to end the gateway."
  wait "$started"
fi
