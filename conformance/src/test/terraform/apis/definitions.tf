# REST APIs from OpenAPI documents, which change while their stages stay.
locals {
  defined = jsonencode({
    openapi = "3.0.1"
    info    = { title = "terraformed-defined", version = var.changed ? "2" : "1" }
    paths = {
      for path in var.changed ? ["/pets", "/toys"] : ["/pets", "/food"] : path => {
        get = {
          responses = { "200" = { description = "ok" } }
          x-amazon-apigateway-integration = {
            type             = "mock"
            requestTemplates = { "application/json" = "{\"statusCode\": 200}" }
            responses = {
              default = {
                statusCode        = "200"
                responseTemplates = { "application/json" = var.changed ? "changed $context.path" : "made $context.path" }
              }
            }
          }
        }
      }
    }
    x-amazon-apigateway-binary-media-types = ["image/png"]
    x-amazon-apigateway-gateway-responses = {
      MISSING_AUTHENTICATION_TOKEN = { statusCode = var.changed ? 410 : 404 }
    }
  })
}

resource "aws_api_gateway_rest_api" "defined" {
  name        = "terraformed-defined"
  description = local.description
  body        = local.defined
  parameters  = { basepath = "ignore" }
  tags        = local.tags

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_deployment" "defined" {
  rest_api_id = aws_api_gateway_rest_api.defined.id
  description = local.description
  triggers    = { definition = sha1(local.defined) }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "defined" {
  rest_api_id   = aws_api_gateway_rest_api.defined.id
  deployment_id = aws_api_gateway_deployment.defined.id
  stage_name    = "live"
  description   = local.description
}

# A definition that is merged into what calls have made.
resource "aws_api_gateway_rest_api" "merged" {
  name              = "terraformed-merged"
  put_rest_api_mode = "merge"
  fail_on_warnings  = true

  body = jsonencode({
    swagger = "2.0"
    info    = { title = "terraformed-merged", version = var.changed ? "2" : "1", description = local.description }
    paths = {
      (var.changed ? "/b" : "/a") = {
        post = {
          responses                       = { "200" = { description = "ok" } }
          x-amazon-apigateway-integration = { type = "mock", requestTemplates = { "application/json" = "{\"statusCode\": 200}" } }
        }
      }
    }
  })
}

resource "aws_api_gateway_resource" "merged" {
  rest_api_id = aws_api_gateway_rest_api.merged.id
  parent_id   = aws_api_gateway_rest_api.merged.root_resource_id
  path_part   = "beside-the-definition"
}

# A definition that is a resource of its own.
resource "aws_api_gateway_rest_api" "put" {
  name = "terraformed-put"
}

resource "aws_api_gateway_rest_api_put" "put" {
  rest_api_id      = aws_api_gateway_rest_api.put.id
  fail_on_warnings = false
  triggers         = { changed = var.changed }

  body = jsonencode({
    swagger = "2.0"
    info    = { title = "terraformed-put", version = var.changed ? "2" : "1" }
    paths   = { (var.changed ? "/b" : "/a") = {} }
  })
}
