#!/usr/bin/env bash
# Makes the function and the API in a running gateway; prints the stage's URL.
set -euo pipefail
CDPATH='' cd "$(dirname "$0")"
endpoint=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
lambda() { aws --endpoint-url "$endpoint" --output text lambda "$@"; }
apigateway() { aws --endpoint-url "$endpoint" --output text apigateway "$@"; }

# The bucket _portico is this machine: the function runs from the folder as it is.
lambda delete-function --function-name counter > /dev/null 2>&1 || true
lambda create-function --function-name counter --cli-input-json file://functions/counter/function.json \
  --role arn:aws:iam::000000000000:role/counter --code "S3Bucket=_portico,S3Key=$PWD/functions/counter" > /dev/null
lambda wait function-active-v2 --function-name counter
lambda add-permission --function-name counter --statement-id api --action lambda:InvokeFunction \
  --principal apigateway.amazonaws.com > /dev/null

api=$(apigateway import-rest-api --body fileb://openapi.yaml --query id)
url=${endpoint%/}/_aws/execute-api/$api/prod
# The stage is its own backend: /again calls /count.
apigateway create-deployment --rest-api-id "$api" --stage-name prod --variables "backend=${url#http://}" > /dev/null
echo "$url"
