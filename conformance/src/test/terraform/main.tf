# The least that makes an API answer, as the provider's documentation writes it.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "endpoint" {
  type = string
}

provider "aws" {
  region                  = "us-east-1"
  access_key              = "test"
  secret_key              = "test"
  skip_metadata_api_check = true
  skip_region_validation  = true
  max_retries             = 1

  endpoints {
    acm        = var.endpoint
    apigateway = var.endpoint
    iam        = var.endpoint
    logs       = var.endpoint
    sts        = var.endpoint
  }
}

resource "aws_api_gateway_rest_api" "api" {
  name        = "terraformed"
  description = "Made by Terraform"
  tags        = { team = "blue" }

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_resource" "pet" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  parent_id   = aws_api_gateway_rest_api.api.root_resource_id
  path_part   = "{petId}"
}

resource "aws_api_gateway_model" "pet" {
  rest_api_id  = aws_api_gateway_rest_api.api.id
  name         = "Pet"
  description  = "Made by Terraform"
  content_type = "application/json"
  schema       = jsonencode({ type = "object", properties = { pet = { type = "string" } } })
}

resource "aws_api_gateway_request_validator" "parameters" {
  rest_api_id                 = aws_api_gateway_rest_api.api.id
  name                        = "parameters"
  validate_request_parameters = true
}

resource "aws_api_gateway_gateway_response" "unknown_path" {
  rest_api_id         = aws_api_gateway_rest_api.api.id
  response_type       = "MISSING_AUTHENTICATION_TOKEN"
  status_code         = "404"
  response_templates  = { "application/json" = "{\"nothing\": \"here\"}" }
  response_parameters = { "gatewayresponse.header.X-Where" = "'nowhere'" }
}

resource "aws_api_gateway_gateway_response" "cors" {
  rest_api_id         = aws_api_gateway_rest_api.api.id
  response_type       = "DEFAULT_5XX"
  response_parameters = { "gatewayresponse.header.Access-Control-Allow-Origin" = "'*'" }
}

resource "aws_api_gateway_method" "get" {
  rest_api_id          = aws_api_gateway_rest_api.api.id
  resource_id          = aws_api_gateway_resource.pet.id
  http_method          = "GET"
  authorization        = "NONE"
  request_parameters   = { "method.request.path.petId" = true }
  request_models       = { "application/json" = aws_api_gateway_model.pet.name }
  request_validator_id = aws_api_gateway_request_validator.parameters.id
}

resource "aws_api_gateway_integration" "mock" {
  rest_api_id       = aws_api_gateway_rest_api.api.id
  resource_id       = aws_api_gateway_resource.pet.id
  http_method       = aws_api_gateway_method.get.http_method
  type              = "MOCK"
  request_templates = { "application/json" = "{\"statusCode\": 200}" }
}

resource "aws_api_gateway_method_response" "ok" {
  rest_api_id     = aws_api_gateway_rest_api.api.id
  resource_id     = aws_api_gateway_resource.pet.id
  http_method     = aws_api_gateway_method.get.http_method
  status_code     = "200"
  response_models = { "application/json" = aws_api_gateway_model.pet.name }
}

resource "aws_api_gateway_integration_response" "ok" {
  rest_api_id        = aws_api_gateway_rest_api.api.id
  resource_id        = aws_api_gateway_resource.pet.id
  http_method        = aws_api_gateway_method.get.http_method
  status_code        = aws_api_gateway_method_response.ok.status_code
  response_templates = { "application/json" = "{\"pet\": \"$input.params('petId')\", \"size\": \"$stageVariables.size\"}" }
  depends_on         = [aws_api_gateway_integration.mock]
}

resource "aws_api_gateway_method" "put" {
  rest_api_id      = aws_api_gateway_rest_api.api.id
  resource_id      = aws_api_gateway_resource.pet.id
  http_method      = "PUT"
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_integration" "put" {
  rest_api_id       = aws_api_gateway_rest_api.api.id
  resource_id       = aws_api_gateway_resource.pet.id
  http_method       = aws_api_gateway_method.put.http_method
  type              = "MOCK"
  request_templates = { "application/json" = "{\"statusCode\": 200}" }
}

resource "aws_api_gateway_method_response" "put" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  resource_id = aws_api_gateway_resource.pet.id
  http_method = aws_api_gateway_method.put.http_method
  status_code = "200"
}

resource "aws_api_gateway_integration_response" "put" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  resource_id = aws_api_gateway_resource.pet.id
  http_method = aws_api_gateway_method.put.http_method
  status_code = aws_api_gateway_method_response.put.status_code
  depends_on  = [aws_api_gateway_integration.put]
}

resource "aws_api_gateway_authorizer" "tokens" {
  rest_api_id                      = aws_api_gateway_rest_api.api.id
  name                             = "tokens"
  type                             = "TOKEN"
  authorizer_uri                   = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:terraformed/invocations"
  authorizer_credentials           = aws_iam_role.worker.arn
  identity_source                  = "method.request.header.Authorization"
  identity_validation_expression   = "Bearer .*"
  authorizer_result_ttl_in_seconds = 60
}

resource "aws_api_gateway_authorizer" "pool" {
  rest_api_id   = aws_api_gateway_rest_api.api.id
  name          = "pool"
  type          = "COGNITO_USER_POOLS"
  provider_arns = ["arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_terraformed"]
}

resource "aws_api_gateway_method" "delete" {
  rest_api_id   = aws_api_gateway_rest_api.api.id
  resource_id   = aws_api_gateway_resource.pet.id
  http_method   = "DELETE"
  authorization = "CUSTOM"
  authorizer_id = aws_api_gateway_authorizer.tokens.id
}

resource "aws_api_gateway_integration" "delete" {
  rest_api_id       = aws_api_gateway_rest_api.api.id
  resource_id       = aws_api_gateway_resource.pet.id
  http_method       = aws_api_gateway_method.delete.http_method
  type              = "MOCK"
  request_templates = { "application/json" = "{\"statusCode\": 200}" }
}

resource "aws_acm_certificate" "pets" {
  domain_name               = "pets.terraformed.example.com"
  subject_alternative_names = ["*.pets.terraformed.example.com"]
  validation_method         = "DNS"
  key_algorithm             = "EC_prime256v1"
  tags                      = { team = "blue" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate_validation" "pets" {
  certificate_arn = aws_acm_certificate.pets.arn
}

resource "aws_api_gateway_vpc_link" "pets" {
  name        = "terraformed"
  description = "Made by Terraform"
  target_arns = ["arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/terraformed/0123456789abcdef"]
  tags        = { team = "blue" }
}

resource "aws_api_gateway_client_certificate" "backend" {
  description = "Made by Terraform"
  tags        = { team = "blue" }
}

resource "aws_api_gateway_deployment" "deployment" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  depends_on = [
    aws_api_gateway_integration_response.ok,
    aws_api_gateway_integration_response.put,
    aws_api_gateway_gateway_response.unknown_path,
    aws_api_gateway_gateway_response.cors,
    aws_api_gateway_integration.delete,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_documentation_part" "get" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  properties  = jsonencode({ summary = "One pet" })

  location {
    type   = "METHOD"
    method = "GET"
    path   = "/{petId}"
  }
}

resource "aws_api_gateway_documentation_version" "first" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  version     = "1.0"
  description = "Made by Terraform"
  depends_on  = [aws_api_gateway_documentation_part.get]
}

resource "aws_api_gateway_stage" "stage" {
  rest_api_id           = aws_api_gateway_rest_api.api.id
  deployment_id         = aws_api_gateway_deployment.deployment.id
  stage_name            = "prod"
  documentation_version = aws_api_gateway_documentation_version.first.version
  variables             = { size = "small" }

  client_certificate_id = aws_api_gateway_client_certificate.backend.id
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  stage_name  = aws_api_gateway_stage.stage.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled        = true
    throttling_rate_limit  = 1000
    throttling_burst_limit = 500
  }
}

resource "aws_api_gateway_method_settings" "nested" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  stage_name  = aws_api_gateway_stage.stage.stage_name
  method_path = "count/cached/GET"
  depends_on  = [aws_api_gateway_method_settings.all]

  settings {
    caching_enabled      = true
    cache_ttl_in_seconds = 60
  }
}

resource "aws_api_gateway_api_key" "mobile" {
  name        = "mobile"
  description = "Made by Terraform"
  tags        = { team = "blue" }
}

resource "aws_api_gateway_usage_plan" "gold" {
  name        = "gold"
  description = "Made by Terraform"
  tags        = { team = "blue" }

  api_stages {
    api_id = aws_api_gateway_rest_api.api.id
    stage  = aws_api_gateway_stage.stage.stage_name

    throttle {
      path        = "/{petId}/PUT"
      rate_limit  = 5
      burst_limit = 10
    }
  }

  throttle_settings {
    rate_limit  = 50.5
    burst_limit = 100
  }
}

resource "aws_api_gateway_usage_plan_key" "mobile" {
  key_id        = aws_api_gateway_api_key.mobile.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.gold.id
}

output "key" {
  value     = aws_api_gateway_api_key.mobile.value
  sensitive = true
}

output "api" {
  value = aws_api_gateway_rest_api.api.id
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "log" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["arn:aws:logs:*:*:*"]
  }
}

resource "aws_iam_policy" "log" {
  name        = "log"
  path        = "/terraformed/"
  description = "Made by Terraform"
  policy      = data.aws_iam_policy_document.log.json
  tags        = { team = "blue" }
}

resource "aws_iam_role" "worker" {
  name                 = "worker"
  path                 = "/terraformed/"
  description          = "Made by Terraform"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 7200
  permissions_boundary = aws_iam_policy.log.arn
  tags                 = { team = "blue" }
}

resource "aws_iam_role_policy" "log" {
  name   = "log"
  role   = aws_iam_role.worker.id
  policy = data.aws_iam_policy_document.log.json
}

resource "aws_iam_role_policy_attachment" "own" {
  role       = aws_iam_role.worker.name
  policy_arn = aws_iam_policy.log.arn
}

data "aws_iam_policy" "of_aws" {
  arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_iam_role_policy_attachment" "of_aws" {
  role       = aws_iam_role.worker.name
  policy_arn = data.aws_iam_policy.of_aws.arn
}

resource "aws_iam_instance_profile" "worker" {
  name = "worker"
  path = "/terraformed/"
  role = aws_iam_role.worker.name
  tags = { team = "blue" }
}

resource "aws_iam_user" "caller" {
  name                 = "terraformed-caller"
  path                 = "/terraformed/"
  permissions_boundary = aws_iam_policy.log.arn
  force_destroy        = true
  tags                 = { team = "blue" }
}

resource "aws_iam_access_key" "caller" {
  user = aws_iam_user.caller.name
}

resource "aws_iam_user_policy" "log" {
  name   = "log"
  user   = aws_iam_user.caller.name
  policy = data.aws_iam_policy_document.log.json
}

resource "aws_iam_user_policy_attachment" "own" {
  user       = aws_iam_user.caller.name
  policy_arn = aws_iam_policy.log.arn
}

resource "aws_iam_service_linked_role" "scaling" {
  aws_service_name = "autoscaling.amazonaws.com"
  custom_suffix    = "terraformed"
  description      = "Made by Terraform"
}

resource "aws_cloudwatch_log_group" "worker" {
  name              = "/aws/lambda/worker"
  retention_in_days = 14
  tags              = { team = "blue" }
}

output "account" {
  value = data.aws_caller_identity.current.account_id
}

output "user" {
  value = aws_iam_user.caller.arn
}

output "role" {
  value = aws_iam_role.worker.arn
}
