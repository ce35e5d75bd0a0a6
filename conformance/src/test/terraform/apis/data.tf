# What data sources read of the same things.
data "aws_caller_identity" "current" {}

data "aws_api_gateway_rest_api" "api" {
  name = aws_api_gateway_rest_api.api.name
}

data "aws_api_gateway_resource" "backend" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  path        = aws_api_gateway_resource.backend.path
}

data "aws_api_gateway_api_key" "mobile" {
  id = aws_api_gateway_api_key.mobile.id
}

data "aws_api_gateway_api_keys" "all" {
  include_values = true
  depends_on     = [aws_api_gateway_api_key.mobile, aws_api_gateway_api_key.partner]
}

data "aws_api_gateway_vpc_link" "pets" {
  name = aws_api_gateway_vpc_link.pets.name
}

data "aws_api_gateway_authorizers" "all" {
  rest_api_id = aws_api_gateway_rest_api.api.id

  depends_on = [
    aws_api_gateway_authorizer.tokens,
    aws_api_gateway_authorizer.requests,
    aws_api_gateway_authorizer.pool,
  ]
}

data "aws_api_gateway_authorizer" "pool" {
  rest_api_id   = aws_api_gateway_rest_api.api.id
  authorizer_id = aws_api_gateway_authorizer.pool.id
}

data "aws_api_gateway_export" "openapi" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  stage_name  = aws_api_gateway_stage.stage.stage_name
  export_type = "oas30"
  accepts     = "application/json"
  parameters  = { extensions = "integrations,authorizers" }
}

data "aws_api_gateway_sdk" "javascript" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  stage_name  = aws_api_gateway_stage.stage.stage_name
  sdk_type    = "javascript"
}
