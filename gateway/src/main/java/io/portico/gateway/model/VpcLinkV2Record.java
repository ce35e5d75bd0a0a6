package io.portico.gateway.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A VPC link of API Gateway v2: subnets of a VPC through which integrations reach what is private
 * there. What it is called may change, and nothing else.
 */
public record VpcLinkV2Record(
    String vpcLinkId,
    String name,
    List<String> subnetIds,
    List<String> securityGroupIds,
    Instant createdDate,
    @Nullable Map<String, String> tags) {

  /** This link by another name. */
  public VpcLinkV2Record withName(String newName) {
    return new VpcLinkV2Record(vpcLinkId, newName, subnetIds, securityGroupIds, createdDate, tags);
  }

  /** This link with other tags. */
  public VpcLinkV2Record withTags(@Nullable Map<String, String> newTags) {
    return new VpcLinkV2Record(vpcLinkId, name, subnetIds, securityGroupIds, createdDate, newTags);
  }
}
