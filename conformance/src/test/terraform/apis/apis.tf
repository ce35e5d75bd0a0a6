# REST APIs that are made call by call. The first is the one that answers.
resource "aws_api_gateway_rest_api" "api" {
  name                     = var.changed ? "terraformed-again" : "terraformed"
  description              = local.description
  binary_media_types       = var.changed ? ["image/png", "application/x-tar"] : ["image/png", "image/*"]
  minimum_compression_size = var.changed ? "0" : "1024"
  tags                     = local.tags

  endpoint_configuration {
    types           = ["REGIONAL"]
    ip_address_type = var.changed ? "dualstack" : "ipv4"
  }
}

# Edge-optimised at first; what it is given at first is taken away afterwards.
resource "aws_api_gateway_rest_api" "moved" {
  name                         = "terraformed-moved"
  description                  = var.changed ? "" : "Made by Terraform"
  binary_media_types           = var.changed ? [] : ["*/*"]
  minimum_compression_size     = var.changed ? "" : "10240"
  api_key_source               = var.changed ? "AUTHORIZER" : "HEADER"
  disable_execute_api_endpoint = var.changed

  endpoint_configuration {
    types           = [var.changed ? "REGIONAL" : "EDGE"]
    ip_address_type = var.changed ? "ipv4" : "dualstack"
  }

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = var.changed ? "Deny" : "Allow"
      Principal = { AWS = "*" }
      Action    = "execute-api:Invoke"
      Resource  = "*"
      Condition = { IpAddress = { "aws:SourceIp" = var.changed ? ["192.0.2.0/24", "198.51.100.0/24"] : ["192.0.2.0/24"] } }
    }]
  })
}

# What it lacks at first is given to it afterwards.
resource "aws_api_gateway_rest_api" "private" {
  name                     = "terraformed-private"
  description              = var.changed ? "Changed by Terraform" : null
  binary_media_types       = var.changed ? ["*/*", "image/svg+xml"] : null
  minimum_compression_size = var.changed ? "1" : null
  tags                     = var.changed ? { team = "green" } : null

  endpoint_configuration {
    types            = ["PRIVATE"]
    ip_address_type  = "dualstack"
    vpc_endpoint_ids = var.changed ? ["vpce-0123456789abcdef0", "vpce-0123456789abcdef1"] : ["vpce-0123456789abcdef2"]
  }
}

data "aws_iam_policy_document" "private" {
  statement {
    actions   = ["execute-api:Invoke"]
    resources = ["${aws_api_gateway_rest_api.private.execution_arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpce"
      values   = aws_api_gateway_rest_api.private.endpoint_configuration[0].vpc_endpoint_ids
    }
  }
}

resource "aws_api_gateway_rest_api_policy" "private" {
  rest_api_id = aws_api_gateway_rest_api.private.id
  policy      = data.aws_iam_policy_document.private.json
}
