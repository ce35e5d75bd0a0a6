# Certificates of both kinds: what a domain name has at first, and what it has afterwards.
variable "certificate" {
  type = object({ body = string, key = string })
}

resource "aws_acm_certificate" "requested" {
  domain_name               = "terraformed.example.com"
  subject_alternative_names = ["*.terraformed.example.com"]
  validation_method         = "DNS"
  key_algorithm             = "EC_prime256v1"
  tags                      = local.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate_validation" "requested" {
  certificate_arn = aws_acm_certificate.requested.arn
}

# Made anew with another name.
resource "aws_acm_certificate" "replaced" {
  domain_name       = var.changed ? "b.replaced.example.com" : "a.replaced.example.com"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

# Imported again, another certificate keeps the ARN.
resource "aws_acm_certificate" "imported" {
  certificate_body = var.certificate.body
  private_key      = var.certificate.key
  tags             = local.tags
}

data "aws_acm_certificate" "requested" {
  domain      = aws_acm_certificate.requested.domain_name
  statuses    = ["ISSUED"]
  key_types   = ["EC_prime256v1"]
  most_recent = true
}

output "imported" {
  value = aws_acm_certificate.imported.arn
}
