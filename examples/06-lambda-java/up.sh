#!/usr/bin/env bash
# Compiles the function, makes it and the API in a running gateway; prints the stage's URL.
set -euo pipefail
CDPATH='' cd "$(dirname "$0")"
endpoint=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
export PATH=${JAVA_HOME:+$JAVA_HOME/bin:}$PATH
lambda() { aws --endpoint-url "$endpoint" --output text lambda "$@"; }
apigateway() { aws --endpoint-url "$endpoint" --output text apigateway "$@"; }

# A jar is a zip with classes at its root; jars that they need would stand in its lib folder.
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
javac --release 17 -d "$build/classes" functions/greeter-java/Greeter.java
jar --create --file "$build/greeter.jar" -C "$build/classes" .

lambda delete-function --function-name greeter-java > /dev/null 2>&1 || true
lambda create-function --function-name greeter-java --cli-input-json file://functions/greeter-java/function.json \
  --role arn:aws:iam::000000000000:role/greeter --code "S3Bucket=_portico,S3Key=$build/greeter.jar" > /dev/null
lambda wait function-active-v2 --function-name greeter-java
lambda add-permission --function-name greeter-java --statement-id api --action lambda:InvokeFunction \
  --principal apigateway.amazonaws.com > /dev/null

api=$(apigateway import-rest-api --body fileb://openapi.yaml --query id)
apigateway create-deployment --rest-api-id "$api" --stage-name prod > /dev/null
echo "${endpoint%/}/_aws/execute-api/$api/prod"
