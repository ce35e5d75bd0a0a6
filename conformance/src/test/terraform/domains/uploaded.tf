# Domain names whose certificate is uploaded with them. Another certificate makes the domain name anew; another name of
# it, or one of Certificate Manager in its place, changes it.
variable "uploaded" {
  type = object({ body = string, key = string, chain = string })
}

variable "uploaded_again" {
  type = object({ body = string, key = string, chain = string })
}

locals {
  uploaded = var.changed ? var.uploaded_again : var.uploaded
}

resource "aws_api_gateway_domain_name" "uploaded" {
  domain_name             = "uploaded.example.com"
  certificate_name        = "terraformed"
  certificate_body        = local.uploaded.body
  certificate_private_key = local.uploaded.key
  certificate_chain       = local.uploaded.chain
  tags                    = local.tags
}

resource "aws_api_gateway_domain_name" "renamed" {
  domain_name             = "renamed.example.com"
  certificate_name        = var.changed ? "terraformed-again" : "terraformed"
  certificate_body        = var.uploaded.body
  certificate_private_key = var.uploaded.key
  certificate_chain       = var.uploaded.chain
}
