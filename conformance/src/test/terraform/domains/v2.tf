# A domain name of API Gateway v2, what its paths of several levels lead to, and a VPC link.
resource "aws_apigatewayv2_domain_name" "v2" {
  domain_name = "v2.terraformed.example.com"
  tags        = local.tags

  domain_name_configuration {
    certificate_arn = var.changed ? aws_acm_certificate.imported.arn : aws_acm_certificate_validation.requested.certificate_arn
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
    ip_address_type = var.changed ? "dualstack" : "ipv4"
  }

  dynamic "mutual_tls_authentication" {
    for_each = var.changed ? [] : ["s3://terraformed/callers.pem"]
    content {
      truststore_uri     = mutual_tls_authentication.value
      truststore_version = "1"
    }
  }
}

resource "aws_apigatewayv2_api_mapping" "v2" {
  domain_name     = aws_apigatewayv2_domain_name.v2.id
  api_id          = aws_api_gateway_rest_api.api.id
  stage           = aws_api_gateway_stage.stage[var.changed ? "beta" : "prod"].stage_name
  api_mapping_key = var.changed ? "shop/v2" : "shop/v1"
}

resource "aws_apigatewayv2_vpc_link" "v2" {
  name               = var.changed ? "terraformed-again" : "terraformed"
  subnet_ids         = ["subnet-a", "subnet-b"]
  security_group_ids = ["sg-a"]
  tags               = local.tags
}

data "aws_apigatewayv2_vpc_link" "v2" {
  vpc_link_id = aws_apigatewayv2_vpc_link.v2.id
}

output "link" {
  value = data.aws_apigatewayv2_vpc_link.v2.name
}
