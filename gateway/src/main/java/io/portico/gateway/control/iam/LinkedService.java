package io.portico.gateway.control.iam;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the role of a service of AWS is called, and which of AWS's policies it has.
 *
 * <p>AWS: source: documented, each service's page on its service-linked role. Of services that are
 * not known here the name is made from the principal, which is assumed, and no policy is.
 *
 * @param name of the role, a suffix aside
 * @param policy ARN of the policy that it has, or null
 * @param takesSuffix whether there may be more than one of them
 */
record LinkedService(String name, @Nullable String policy, boolean takesSuffix) {
  private static final String PREFIX = "AWSServiceRoleFor";
  private static final Pattern PRINCIPAL =
      Pattern.compile("([a-z0-9-]+)(?:\\.[a-z0-9-]+)*\\.amazonaws\\.com");

  private static final Map<String, LinkedService> KNOWN =
      Map.ofEntries(
          known("autoscaling", "AutoScaling", "AutoScalingServiceRolePolicy", true),
          known(
              "dynamodb.application-autoscaling",
              "ApplicationAutoScaling_DynamoDBTable",
              "AWSApplicationAutoscalingDynamoDBTablePolicy",
              false),
          known(
              "lambda.application-autoscaling",
              "ApplicationAutoScaling_LambdaConcurrency",
              "AWSApplicationAutoscalingLambdaConcurrencyPolicy",
              false),
          known("ecs", "ECS", "AmazonECSServiceRolePolicy", false),
          known("eks", "AmazonEKS", "AmazonEKSServiceRolePolicy", false),
          known("elasticache", "ElastiCache", "ElastiCacheServiceRolePolicy", false),
          known(
              "elasticloadbalancing",
              "ElasticLoadBalancing",
              "AWSElasticLoadBalancingServiceRolePolicy",
              false),
          known(
              "opensearchservice",
              "AmazonOpenSearchService",
              "AmazonOpenSearchServiceRolePolicy",
              false),
          known("ops.apigateway", "APIGateway", "APIGatewayServiceRolePolicy", false),
          known("rds", "RDS", "AmazonRDSServiceRolePolicy", false),
          known("replicator.lambda", "LambdaReplicator", "AWSLambdaReplicator", false),
          known("spot", "EC2Spot", "AWSEC2SpotServiceRolePolicy", false));

  private static Map.Entry<String, LinkedService> known(
      String principal, String name, String policy, boolean takesSuffix) {
    return Map.entry(
        principal + ".amazonaws.com",
        new LinkedService(
            PREFIX + name, "arn:aws:iam::aws:policy/aws-service-role/" + policy, takesSuffix));
  }

  /** The role of a service's principal; null where it cannot be one. */
  static @Nullable LinkedService of(String principal) {
    LinkedService known = KNOWN.get(principal);
    Matcher service = PRINCIPAL.matcher(principal);
    if (known != null || !service.matches()) {
      return known;
    }
    String label = service.group(1);
    return new LinkedService(
        PREFIX + Character.toUpperCase(label.charAt(0)) + label.substring(1), null, true);
  }
}
