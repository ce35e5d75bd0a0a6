package io.portico.conformance.client;

/** AWS's services that clients call here. */
public enum AwsService {
  API_GATEWAY("apigateway"),
  API_GATEWAY_V2("apigatewayv2"),
  API_GATEWAY_MANAGEMENT("apigatewaymanagementapi"),
  IAM("iam"),
  STS("sts"),
  LOGS("logs"),
  ACM("acm"),
  CLOUDWATCH("cloudwatch");

  private final String command;

  AwsService(String command) {
    this.command = command;
  }

  /** Its name in the AWS CLI, which boto3 and the service models share. */
  public String command() {
    return command;
  }
}
