# Documentation parts, and what was published of them.
resource "aws_api_gateway_documentation_part" "api" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  properties  = jsonencode({ info = { description = local.description } })

  location {
    type = "API"
  }
}

resource "aws_api_gateway_documentation_part" "get" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  properties  = var.changed ? jsonencode({ summary = "A pet", tags = ["pets"] }) : jsonencode({ summary = "One pet" })

  location {
    type   = "METHOD"
    method = "GET"
    path   = "/{petId}"
  }
}

resource "aws_api_gateway_documentation_part" "detail" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  properties  = jsonencode({ description = local.description })

  location {
    type   = "QUERY_PARAMETER"
    method = "GET"
    path   = "/{petId}"
    name   = "detail"
  }
}

resource "aws_api_gateway_documentation_part" "ok" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  properties  = jsonencode({ description = local.description })

  location {
    type        = "RESPONSE"
    method      = "*"
    path        = "/"
    status_code = "200"
  }
}

resource "aws_api_gateway_documentation_version" "first" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  version     = "1.0"
  description = local.description
  depends_on  = [aws_api_gateway_documentation_part.get]
}

resource "aws_api_gateway_documentation_version" "second" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  version     = "2.0"
  description = var.changed ? "" : "Made by Terraform"

  depends_on = [
    aws_api_gateway_documentation_part.api,
    aws_api_gateway_documentation_part.detail,
    aws_api_gateway_documentation_part.ok,
  ]
}
