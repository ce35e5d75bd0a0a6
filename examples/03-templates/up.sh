#!/usr/bin/env bash
# Imports the definition into a running gateway with the AWS CLI, deploys it, prints the stage's URL.
set -euo pipefail
CDPATH='' cd "$(dirname "$0")"
endpoint=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-us-east-1} AWS_PAGER=
apigateway() { aws --endpoint-url "$endpoint" apigateway "$@"; }

api=$(apigateway import-rest-api --body fileb://openapi.yaml --query id --output text)
self=${endpoint#http://}/_aws/execute-api/$api/prod
apigateway create-deployment --rest-api-id "$api" --stage-name prod --variables "self=$self" > /dev/null
echo "http://$self"
