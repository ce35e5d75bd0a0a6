# Authorizers of every type, and methods that ask for them.
locals {
  function = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:${var.account}:function:terraformed"
  pools    = "arn:aws:cognito-idp:us-east-1:${var.account}:userpool/us-east-1"
}

resource "aws_api_gateway_authorizer" "tokens" {
  rest_api_id                      = aws_api_gateway_rest_api.api.id
  name                             = var.changed ? "other-tokens" : "tokens"
  type                             = "TOKEN"
  authorizer_uri                   = var.changed ? "${local.function}-again/invocations" : "${local.function}/invocations"
  authorizer_credentials           = var.changed ? null : aws_iam_role.gateway.arn
  identity_source                  = var.changed ? "method.request.header.X-Token" : "method.request.header.Authorization"
  identity_validation_expression   = var.changed ? null : "Bearer .*"
  authorizer_result_ttl_in_seconds = var.changed ? 0 : 60
}

resource "aws_api_gateway_authorizer" "requests" {
  rest_api_id                      = aws_api_gateway_rest_api.api.id
  name                             = "requests"
  type                             = "REQUEST"
  authorizer_uri                   = "${local.function}/invocations"
  authorizer_credentials           = var.changed ? aws_iam_role.gateway.arn : null
  identity_source                  = var.changed ? "context.identity.sourceIp" : "method.request.header.Authorization,method.request.querystring.who"
  authorizer_result_ttl_in_seconds = var.changed ? 3600 : null
}

resource "aws_api_gateway_authorizer" "pool" {
  rest_api_id   = aws_api_gateway_rest_api.api.id
  name          = "pool"
  type          = "COGNITO_USER_POOLS"
  provider_arns = var.changed ? ["${local.pools}_second", "${local.pools}_third"] : ["${local.pools}_first", "${local.pools}_second"]
}

resource "aws_api_gateway_method" "delete" {
  rest_api_id   = aws_api_gateway_rest_api.api.id
  resource_id   = aws_api_gateway_resource.pet.id
  http_method   = "DELETE"
  authorization = "CUSTOM"
  authorizer_id = var.changed ? aws_api_gateway_authorizer.requests.id : aws_api_gateway_authorizer.tokens.id
}

resource "aws_api_gateway_integration" "delete" {
  rest_api_id       = aws_api_gateway_rest_api.api.id
  resource_id       = aws_api_gateway_resource.pet.id
  http_method       = aws_api_gateway_method.delete.http_method
  type              = "MOCK"
  request_templates = { "application/json" = "{\"statusCode\": 200}" }
}

resource "aws_api_gateway_method" "patch" {
  rest_api_id          = aws_api_gateway_rest_api.api.id
  resource_id          = aws_api_gateway_resource.pet.id
  http_method          = "PATCH"
  authorization        = "COGNITO_USER_POOLS"
  authorizer_id        = aws_api_gateway_authorizer.pool.id
  authorization_scopes = var.changed ? ["pets/read", "pets/groom"] : ["pets/read", "pets/write"]
}

resource "aws_api_gateway_integration" "patch" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  resource_id = aws_api_gateway_resource.pet.id
  http_method = aws_api_gateway_method.patch.http_method
  type        = "MOCK"
}

# Signed calls at first, tokens of the pool afterwards.
resource "aws_api_gateway_method" "options" {
  rest_api_id          = aws_api_gateway_rest_api.api.id
  resource_id          = aws_api_gateway_resource.pet.id
  http_method          = "OPTIONS"
  authorization        = var.changed ? "COGNITO_USER_POOLS" : "AWS_IAM"
  authorizer_id        = var.changed ? aws_api_gateway_authorizer.pool.id : null
  authorization_scopes = var.changed ? ["pets/read"] : null
}

resource "aws_api_gateway_integration" "options" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  resource_id = aws_api_gateway_resource.pet.id
  http_method = aws_api_gateway_method.options.http_method
  type        = "MOCK"
}
