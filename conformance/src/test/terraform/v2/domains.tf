# A domain name for each kind of API, as no domain name has APIs of both.
resource "aws_acm_certificate" "domain" {
  domain_name       = "*.terraformed.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "domain" {
  certificate_arn = aws_acm_certificate.domain.arn
}

resource "aws_apigatewayv2_domain_name" "domain" {
  for_each    = toset(["http", "chat"])
  domain_name = "${each.key}.terraformed.example.com"

  domain_name_configuration {
    certificate_arn = aws_acm_certificate_validation.domain.certificate_arn
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

resource "aws_apigatewayv2_api_mapping" "http" {
  domain_name     = aws_apigatewayv2_domain_name.domain["http"].id
  api_id          = aws_apigatewayv2_api.http.id
  stage           = var.changed ? aws_apigatewayv2_stage.stripped.name : aws_apigatewayv2_stage.default.name
  api_mapping_key = var.changed ? "shop/v2" : "shop/v1"
}

resource "aws_apigatewayv2_api_mapping" "chat" {
  domain_name     = aws_apigatewayv2_domain_name.domain["chat"].id
  api_id          = aws_apigatewayv2_api.chat.id
  stage           = aws_apigatewayv2_stage.chat.name
  api_mapping_key = var.changed ? "talk" : null
}
