# Domain names whose callers show certificates: one that trusts others afterwards, one that no longer asks, one that
# begins to; and who may have them is shown by a second certificate.
resource "aws_api_gateway_domain_name" "mutual" {
  domain_name                            = "mutual.terraformed.example.com"
  regional_certificate_arn               = aws_acm_certificate.imported.arn
  ownership_verification_certificate_arn = var.changed ? aws_acm_certificate.replaced.arn : aws_acm_certificate.requested.arn
  security_policy                        = "TLS_1_2"

  endpoint_configuration {
    types           = ["REGIONAL"]
    ip_address_type = var.changed ? "ipv4" : "dualstack"
  }

  mutual_tls_authentication {
    truststore_uri     = var.changed ? "s3://terraformed/others.pem" : "s3://terraformed/callers.pem"
    truststore_version = var.changed ? "2" : "1"
  }
}

resource "aws_api_gateway_domain_name" "no_longer_mutual" {
  domain_name              = "no-longer-mutual.terraformed.example.com"
  regional_certificate_arn = aws_acm_certificate.requested.arn
  security_policy          = "TLS_1_2"

  endpoint_configuration {
    types = ["REGIONAL"]
  }

  dynamic "mutual_tls_authentication" {
    for_each = var.changed ? [] : ["s3://terraformed/callers.pem"]

    content {
      truststore_uri     = mutual_tls_authentication.value
      truststore_version = "1"
    }
  }
}

resource "aws_api_gateway_domain_name" "mutual_at_last" {
  domain_name              = "mutual-at-last.terraformed.example.com"
  regional_certificate_arn = aws_acm_certificate.requested.arn
  security_policy          = "TLS_1_2"

  endpoint_configuration {
    types           = ["REGIONAL"]
    ip_address_type = var.changed ? "dualstack" : "ipv4"
  }

  dynamic "mutual_tls_authentication" {
    for_each = var.changed ? ["s3://terraformed/callers.pem"] : []

    content {
      truststore_uri = mutual_tls_authentication.value
    }
  }
}
