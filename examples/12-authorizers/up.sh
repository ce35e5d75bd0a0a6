#!/usr/bin/env bash
# Makes the functions and the API in a running gateway; prints the stage's URL.
set -euo pipefail
CDPATH='' cd "$(dirname "$0")"
endpoint=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
lambda() { aws --endpoint-url "$endpoint" --output text lambda "$@"; }
apigateway() { aws --endpoint-url "$endpoint" --output text apigateway "$@"; }

api=$(apigateway import-rest-api --body fileb://openapi.yaml --query id)

# The bucket _portico is this machine: the functions run from their folders as they are.
for name in token-guard request-guard; do
  lambda delete-function --function-name "$name" > /dev/null 2>&1 || true
  lambda create-function --function-name "$name" --cli-input-json "file://functions/$name/function.json" \
    --role arn:aws:iam::000000000000:role/guard --code "S3Bucket=_portico,S3Key=$PWD/functions/$name" > /dev/null
  lambda wait function-active-v2 --function-name "$name"
  lambda add-permission --function-name "$name" --statement-id authorizers --action lambda:InvokeFunction \
    --principal apigateway.amazonaws.com \
    --source-arn "arn:aws:execute-api:us-east-1:000000000000:$api/authorizers/*" > /dev/null
done

apigateway create-deployment --rest-api-id "$api" --stage-name prod --variables plan=gold > /dev/null
echo "${endpoint%/}/_aws/execute-api/$api/prod"
