#!/usr/bin/env bash
# Imports the definition into a running gateway, makes plans and keys; prints the stage's URL, a key of each plan,
# and how the last one is called in the usage plan's API.
set -euo pipefail
CDPATH='' cd "$(dirname "$0")"
endpoint=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-us-east-1} AWS_PAGER=
apigateway() { aws --endpoint-url "$endpoint" --output text apigateway "$@"; }

api=$(apigateway import-rest-api --body fileb://openapi.yaml --query id)
apigateway create-deployment --rest-api-id "$api" --stage-name prod > /dev/null

plan() { apigateway create-usage-plan --name "$1" --api-stages "apiId=$api,stage=prod" "${@:2}" --query id; }
gold=$(plan gold)
free=$(plan free --throttle rateLimit=0.01,burstLimit=2)
trial=$(plan trial --quota limit=3,period=MONTH)

# key PLAN: a new key of the plan; prints its value and id
key() {
  local id value
  read -r id value <<< "$(apigateway create-api-key --name "of $1" --enabled --query '[id, value]')"
  apigateway create-usage-plan-key --usage-plan-id "$1" --key-id "$id" --key-type API_KEY > /dev/null
  echo "$value $id"
}

read -r gold_key _ <<< "$(key "$gold")"
read -r free_key _ <<< "$(key "$free")"
read -r trial_key trial_id <<< "$(key "$trial")"
echo "${endpoint%/}/_aws/execute-api/$api/prod" "$gold_key" "$free_key" "$trial_key" "$trial" "$trial_id"
