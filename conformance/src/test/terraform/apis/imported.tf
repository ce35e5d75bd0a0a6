# An API that somebody made without Terraform, with a resource and a stage.
variable "imported" {
  type = object({ api = string, resource = string, deployment = string })
}

import {
  to = aws_api_gateway_rest_api.imported
  id = var.imported.api
}

import {
  to = aws_api_gateway_resource.imported
  id = "${var.imported.api}/${var.imported.resource}"
}

import {
  to = aws_api_gateway_deployment.imported
  id = "${var.imported.api}/${var.imported.deployment}"
}

import {
  to = aws_api_gateway_stage.imported
  id = "${var.imported.api}/live"
}

resource "aws_api_gateway_rest_api" "imported" {
  name        = "made-by-hand"
  description = var.changed ? "Changed by Terraform" : "Made by hand"
}

resource "aws_api_gateway_resource" "imported" {
  rest_api_id = aws_api_gateway_rest_api.imported.id
  parent_id   = aws_api_gateway_rest_api.imported.root_resource_id
  path_part   = "pets"
}

resource "aws_api_gateway_deployment" "imported" {
  rest_api_id = aws_api_gateway_rest_api.imported.id
}

resource "aws_api_gateway_stage" "imported" {
  rest_api_id   = aws_api_gateway_rest_api.imported.id
  deployment_id = aws_api_gateway_deployment.imported.id
  stage_name    = "live"
  variables     = { color = var.changed ? "green" : "blue" }
}
