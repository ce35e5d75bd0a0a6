#!/usr/bin/env bash
# Deploys the definition to two stages of a running gateway, behind a domain name with rules; prints the domain name.
set -euo pipefail
CDPATH='' cd "$(dirname "$0")"
endpoint=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-us-east-1} AWS_PAGER=
call() { aws --endpoint-url "$endpoint" --output text "$@"; }

api=$(call apigateway import-rest-api --body fileb://openapi.yaml --parameters endpointConfigurationTypes=REGIONAL --query id)
for stage in stable beta; do
  call apigateway create-deployment --rest-api-id "$api" --stage-name "$stage" > /dev/null
done

domain=$api.example.com
certificate=$(call acm request-certificate --domain-name "$domain" --query CertificateArn)
call apigatewayv2 create-domain-name --domain-name "$domain" --routing-mode ROUTING_RULE_ONLY \
  --domain-name-configurations "CertificateArn=$certificate,EndpointType=REGIONAL" > /dev/null

# rule PRIORITY CONDITIONS STAGE STRIP-BASE-PATH: the least priority is looked at first.
rule() {
  call apigatewayv2 create-routing-rule --domain-name "$domain" --priority "$1" --conditions "$2" \
    --actions "[{\"InvokeApi\": {\"ApiId\": \"$api\", \"Stage\": \"$3\", \"StripBasePath\": $4}}]" > /dev/null
}
rule 10 '[{"MatchHeaders": {"AnyOf": [{"Header": "X-Version", "ValueGlob": "beta*"}]}}]' beta false
rule 20 '[{"MatchBasePaths": {"AnyOf": ["preview/eu"]}}]' beta true
rule 100 '[]' stable false
echo "$domain"
