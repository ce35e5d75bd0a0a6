# Every stack: AWS's provider, sent to Portico in an account of the stack's own.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

variable "endpoint" {
  type = string
}

variable "account" {
  type = string
}

provider "aws" {
  region                  = "us-east-1"
  access_key              = var.account
  secret_key              = "test"
  skip_metadata_api_check = true
  skip_region_validation  = true
  max_retries             = 1

  endpoints {
    acm          = var.endpoint
    apigateway   = var.endpoint
    apigatewayv2 = var.endpoint
    cloudwatch   = var.endpoint
    iam          = var.endpoint
    lambda       = var.endpoint
    logs         = var.endpoint
    sts          = var.endpoint
  }
}
