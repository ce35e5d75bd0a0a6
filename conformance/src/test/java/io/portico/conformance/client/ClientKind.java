package io.portico.conformance.client;

import io.portico.conformance.server.Endpoint;
import java.util.Optional;

/** The clients that every scenario is played with. */
enum ClientKind {
  JAVA_SDK("the AWS SDK for Java"),
  AWS_CLI("the AWS CLI (aws)"),
  BOTO3("a python3 with boto3"),
  JAVASCRIPT_SDK("the AWS SDK for JavaScript (node, npm)");

  private final String needs;

  ClientKind(String needs) {
    this.needs = needs;
  }

  /** What a machine must have for it, in words. */
  String needs() {
    return needs;
  }

  /** Starts the client, if it is installed. */
  Optional<? extends AwsClient> start(Endpoint endpoint) {
    return switch (this) {
      case JAVA_SDK -> Optional.of(JavaSdk.of(endpoint));
      case AWS_CLI -> AwsCli.installed(endpoint);
      case BOTO3 -> Boto3.installed(endpoint);
      case JAVASCRIPT_SDK -> JavaScriptSdk.installed(endpoint);
    };
  }
}
