package io.portico.gateway.control.v1;

import static io.portico.gateway.control.v1.QuotaCases.counted;
import static io.portico.gateway.control.v1.QuotaCases.twice;

import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.v1.QuotaCases.Case;

/** The cases of quotas of API Gateway v2. */
final class QuotaV2Cases {
  private QuotaV2Cases() {}

  static Case of(Quota quota) {
    return switch (quota) {
      case VPC_LINKS_V2 ->
          counted(
              "VPC Links",
              "",
              twice(i -> scene -> link(scene, "'subnet-%s'".formatted(i))),
              scene -> link(scene, "'subnet-c'"));
      case SUBNETS_OF_VPC_LINK ->
          counted(
              "Subnets",
              " for this VPC link",
              scene -> link(scene, "'subnet-a', 'subnet-b'"),
              scene -> link(scene, "'subnet-a', 'subnet-b', 'subnet-c'"));
      case ROUTING_RULES ->
          counted(
              "Routing Rules",
              " for this domain name",
              scene -> {
                scene.callV2("CreateDomainName", domain("a"));
                rule(scene, 1);
                rule(scene, 2);
              },
              scene -> rule(scene, 3));
      default -> throw new IllegalArgumentException(quota + " is none of v2's");
    };
  }

  static String domain(String name) {
    return """
    'domainName': '%s.example.com', 'domainNameConfigurations': [{'certificateArn':
     'arn:aws:acm:eu-west-1:111122223333:certificate/c-1'}]"""
        .formatted(name);
  }

  private static void link(QuotaScene scene, String subnets) {
    scene.callV2("CreateVpcLink", "'name': 'a', 'subnetIds': [%s]".formatted(subnets));
  }

  private static void rule(QuotaScene scene, int priority) {
    scene.callV2(
        "CreateRoutingRule",
        """
        'DomainName': 'a.example.com', 'priority': %d, 'conditions': [],
        'actions': [{'invokeApi': {'apiId': '%s', 'stage': 'a'}}]"""
            .formatted(priority, scene.mappedApi()));
  }
}
