# The private API behind the private domain name.
resource "aws_api_gateway_rest_api" "private" {
  name = "behind-a-private-domain-name"

  body = jsonencode({
    swagger = "2.0"
    info    = { title = "behind-a-private-domain-name", version = "1" }
    paths   = { "/" = { get = { responses = {}, x-amazon-apigateway-integration = { type = "mock" } } } }
  })

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "execute-api:Invoke"
      Resource  = "*"
    }]
  })

  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_api_gateway_deployment" "private" {
  rest_api_id = aws_api_gateway_rest_api.private.id
}

resource "aws_api_gateway_stage" "private" {
  rest_api_id   = aws_api_gateway_rest_api.private.id
  deployment_id = aws_api_gateway_deployment.private.id
  stage_name    = "inside"
}
