package io.portico.gateway.model.v2;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A VPC link of API Gateway v2: subnets of a VPC through which integrations reach what is private
 * there. What it is called may change, and nothing else.
 */
public record VpcLinkRecord(
    String vpcLinkId,
    String name,
    List<String> subnetIds,
    List<String> securityGroupIds,
    Instant createdDate,
    @Nullable Map<String, String> tags) {

  /** This link by another name. */
  public VpcLinkRecord withName(String newName) {
    return new VpcLinkRecord(vpcLinkId, newName, subnetIds, securityGroupIds, createdDate, tags);
  }

  /** This link with other tags. */
  public VpcLinkRecord withTags(@Nullable Map<String, String> newTags) {
    return new VpcLinkRecord(vpcLinkId, name, subnetIds, securityGroupIds, createdDate, newTags);
  }
}
