output "api" {
  value = aws_api_gateway_rest_api.api.id
}

output "key" {
  value     = aws_api_gateway_api_key.mobile.value
  sensitive = true
}

output "defined" {
  value = aws_api_gateway_rest_api.defined.id
}

output "user" {
  value = aws_iam_user.caller.arn
}

output "role" {
  value = aws_iam_role.worker.arn
}

output "url" {
  value = aws_lambda_function_url.live.function_url
}

output "version" {
  value = aws_lambda_function.greeter.version
}

output "invoked" {
  value = data.aws_lambda_invocation.greeter.result
}
