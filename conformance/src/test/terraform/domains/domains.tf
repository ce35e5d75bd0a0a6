# An API behind custom domain names, and a private domain name with an access association.
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
  for_each      = toset(["prod", "beta"])
  rest_api_id   = aws_api_gateway_rest_api.api.id
  deployment_id = aws_api_gateway_deployment.deployment.id
  stage_name    = each.key
}

resource "aws_api_gateway_domain_name" "regional" {
  domain_name              = "terraformed.example.com"
  regional_certificate_arn = var.changed ? aws_acm_certificate.imported.arn : aws_acm_certificate_validation.requested.certificate_arn
  security_policy          = var.changed ? "TLS_1_0" : "TLS_1_2"
  tags                     = local.tags

  endpoint_configuration {
    types           = ["REGIONAL"]
    ip_address_type = var.changed ? "dualstack" : "ipv4"
  }
}

resource "aws_api_gateway_base_path_mapping" "mapping" {
  domain_name = aws_api_gateway_domain_name.regional.domain_name
  api_id      = aws_api_gateway_rest_api.api.id
  stage_name  = aws_api_gateway_stage.stage[var.changed ? "beta" : "prod"].stage_name
  base_path   = var.changed ? "" : "v1"
}

resource "aws_api_gateway_domain_name" "edge" {
  domain_name     = "edge.terraformed.example.com"
  certificate_arn = var.changed ? aws_acm_certificate.imported.arn : aws_acm_certificate.requested.arn
}

resource "aws_api_gateway_base_path_mapping" "without_stage" {
  domain_name = aws_api_gateway_domain_name.edge.domain_name
  api_id      = aws_api_gateway_rest_api.api.id
  stage_name  = var.changed ? aws_api_gateway_stage.stage["prod"].stage_name : null
}

# As to a policy that says execute-api:/*, AWS's replies have the domain name in its place, and Terraform sees drift.
resource "aws_api_gateway_domain_name" "private" {
  domain_name     = "private.terraformed.example.com"
  certificate_arn = aws_acm_certificate.requested.arn

  endpoint_configuration {
    types           = ["PRIVATE"]
    ip_address_type = "dualstack"
  }

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = var.changed ? "Allow" : "Deny"
      Principal = { AWS = "*" }
      Action    = "execute-api:Invoke"
      Resource  = "*"
    }]
  })
}

resource "aws_api_gateway_base_path_mapping" "private" {
  domain_name    = aws_api_gateway_domain_name.private.domain_name
  domain_name_id = aws_api_gateway_domain_name.private.domain_name_id
  api_id         = aws_api_gateway_rest_api.private.id
  stage_name     = aws_api_gateway_stage.private.stage_name
}

resource "aws_api_gateway_domain_name_access_association" "private" {
  access_association_source      = "vpce-abcd1234efg"
  access_association_source_type = "VPCE"
  domain_name_arn                = aws_api_gateway_domain_name.private.arn
  tags                           = local.tags
}

data "aws_api_gateway_domain_name" "regional" {
  domain_name = aws_api_gateway_domain_name.regional.domain_name
}

data "aws_api_gateway_domain_name" "private" {
  domain_name    = aws_api_gateway_domain_name.private.domain_name
  domain_name_id = aws_api_gateway_domain_name.private.domain_name_id
}

output "target" {
  value = aws_api_gateway_domain_name.regional.regional_domain_name
}
