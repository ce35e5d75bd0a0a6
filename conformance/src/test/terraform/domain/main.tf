# An API behind a custom domain name, and a private domain name with an access association.
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

variable "base_path" {
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
    sts        = var.endpoint
  }
}

resource "aws_acm_certificate" "all" {
  domain_name               = "terraformed.example.com"
  subject_alternative_names = ["*.terraformed.example.com"]
  validation_method         = "DNS"
  key_algorithm             = "EC_prime256v1"
}

resource "aws_api_gateway_rest_api" "api" {
  name = "behind-a-domain-name"

  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "behind-a-domain-name", version = "1" }
    paths = {
      "/pets" = {
        get = {
          responses = { "200" = { description = "ok" } }
          x-amazon-apigateway-integration = {
            type             = "mock"
            requestTemplates = { "application/json" = "{\"statusCode\": 200}" }
            responses        = { default = { statusCode = "200", responseTemplates = { "application/json" = "$context.path" } } }
          }
        }
      }
    }
  })

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_deployment" "deployment" {
  rest_api_id = aws_api_gateway_rest_api.api.id
}

resource "aws_api_gateway_stage" "stage" {
  rest_api_id   = aws_api_gateway_rest_api.api.id
  deployment_id = aws_api_gateway_deployment.deployment.id
  stage_name    = "prod"
}

resource "aws_api_gateway_domain_name" "regional" {
  domain_name              = "terraformed.example.com"
  regional_certificate_arn = aws_acm_certificate.all.arn
  security_policy          = "TLS_1_2"
  tags                     = { team = "blue" }

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_base_path_mapping" "mapping" {
  domain_name = aws_api_gateway_domain_name.regional.domain_name
  api_id      = aws_api_gateway_rest_api.api.id
  stage_name  = aws_api_gateway_stage.stage.stage_name
  base_path   = var.base_path
}

resource "aws_api_gateway_domain_name" "edge" {
  domain_name     = "edge.terraformed.example.com"
  certificate_arn = aws_acm_certificate.all.arn
}

resource "aws_api_gateway_base_path_mapping" "without_stage" {
  domain_name = aws_api_gateway_domain_name.edge.domain_name
  api_id      = aws_api_gateway_rest_api.api.id
}

resource "aws_api_gateway_domain_name" "private" {
  domain_name     = "private.terraformed.example.com"
  certificate_arn = aws_acm_certificate.all.arn

  endpoint_configuration {
    types = ["PRIVATE"]
  }

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "execute-api:Invoke"
      Resource  = "execute-api:/*"
    }]
  })

  # The reply has the domain name in place of the resource.
  lifecycle {
    ignore_changes = [policy]
  }
}

resource "aws_api_gateway_domain_name_access_association" "private" {
  access_association_source      = "vpce-abcd1234efg"
  access_association_source_type = "VPCE"
  domain_name_arn                = aws_api_gateway_domain_name.private.arn
  tags                           = { team = "blue" }
}

output "target" {
  value = aws_api_gateway_domain_name.regional.regional_domain_name
}
