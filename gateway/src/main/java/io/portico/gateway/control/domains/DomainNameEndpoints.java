package io.portico.gateway.control.domains;

import io.portico.gateway.control.IdSource;
import io.portico.gateway.control.rules.EndpointRules;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The names under which AWS itself serves a custom domain name: what DNS records point to. */
public final class DomainNameEndpoints {
  private static final String CLOUD_FRONT_ZONE = "Z2FDTNDATAQYW2";

  // AWS: source: documented, https://docs.aws.amazon.com/general/latest/gr/apigateway.html.
  private static final Map<String, String> REGIONAL_ZONES =
      Map.ofEntries(
          Map.entry("af-south-1", "Z2DHW2332DAMTN"),
          Map.entry("ap-east-1", "Z3FD1VL90ND7K5"),
          Map.entry("ap-northeast-1", "Z1YSHQZHG15GKL"),
          Map.entry("ap-northeast-2", "Z20JF4UZKIW1U8"),
          Map.entry("ap-northeast-3", "Z22ILHG95FLSZ2"),
          Map.entry("ap-south-1", "Z3VO1THU9YC4UR"),
          Map.entry("ap-southeast-1", "ZL327KTPIQFUL"),
          Map.entry("ap-southeast-2", "Z2RPCDW04V8134"),
          Map.entry("ca-central-1", "Z19DQILCV0OWEC"),
          Map.entry("eu-central-1", "Z1U9ULNL0V5AJ3"),
          Map.entry("eu-north-1", "Z3UWIKFBOOGXPP"),
          Map.entry("eu-south-1", "Z3BT4WSQ9TDYZV"),
          Map.entry("eu-west-1", "ZLY8HYME6SFDD"),
          Map.entry("eu-west-2", "ZJ5UAJN8Y3Z2Q"),
          Map.entry("eu-west-3", "Z3KY65QIEKYHQQ"),
          Map.entry("me-south-1", "Z20ZBPC0SS8806"),
          Map.entry("sa-east-1", "ZCMLWB8V5SYIT"),
          Map.entry("us-east-1", "Z1UJRXOUMOOFQ8"),
          Map.entry("us-east-2", "ZOJJZC49E0EPZ"),
          Map.entry("us-west-1", "Z2MUQ32089INYE"),
          Map.entry("us-west-2", "Z2OJLYMUO9EFXC"));

  private DomainNameEndpoints() {}

  /**
   * Gives a domain name's tree the names of the endpoints that it has now, and takes those of
   * others away.
   */
  public static void set(ObjectNode domain, List<String> types, String region, IdSource ids) {
    if (!types.contains("REGIONAL")) {
      domain.remove(List.of("regionalDomainName", "regionalHostedZoneId"));
    } else if (!domain.has("regionalDomainName")) {
      domain.put(
          "regionalDomainName", "d-" + ids.next(10) + ".execute-api." + region + ".amazonaws.com");
      String zone = REGIONAL_ZONES.get(region);
      if (zone != null) {
        domain.put("regionalHostedZoneId", zone);
      }
    }
    if (!types.contains(EndpointRules.EDGE)) {
      domain.remove(List.of("distributionDomainName", "distributionHostedZoneId"));
    } else if (!domain.has("distributionDomainName")) {
      domain.put("distributionDomainName", "d" + ids.next(13) + ".cloudfront.net");
      domain.put("distributionHostedZoneId", CLOUD_FRONT_ZONE);
    }
  }
}
