package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.VpcLinkRecord;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a VPC link may be. */
final class VpcLinkRules {
  // AWS: source: VPC-01.
  static final String NO_NAME = "Name cannot be empty";

  // AWS: source: documented, the example of update-vpc-link of the AWS CLI.
  static final String READY = "Your vpc link is ready for use";

  private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:\\d*:\\S+");
  private static final Pattern NETWORK_LOAD_BALANCER =
      Pattern.compile(
          "arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:\\d{12}:loadbalancer/net/[\\w-]+/[\\w-]+");

  private VpcLinkRules() {}

  /** Whether a link can be made at all. The order is assumed. */
  static void check(String name, List<String> targetArns) {
    if (name.isBlank()) {
      throw ServiceException.badRequest(NO_NAME);
    }
    if (targetArns.isEmpty()) {
      // AWS: the text is assumed.
      throw ServiceException.badRequest("No target arn specified for vpc link.");
    }
    if (targetArns.size() > 1) {
      // AWS: source: reported by users of AWS's clients,
      // https://github.com/hashicorp/terraform-provider-aws/pull/2512.
      throw ServiceException.badRequest("More than one target arn specified for vpc link.");
    }
    // AWS: source: VPC-01.
    if (!ARN.matcher(targetArns.getFirst()).matches()) {
      throw ServiceException.badRequest(
          "Invalid ARN. ARN is not well formed " + targetArns.getFirst());
    }
  }

  /** Why a link that was made does not become available, or null. */
  // AWS: source: reported by users of AWS's clients,
  // https://github.com/hashicorp/terraform-provider-aws/issues/30910 and
  // https://github.com/hashicorp/terraform-provider-aws/issues/12796. Whether there is such a load
  // balancer is not known here.
  static @Nullable String failure(String targetArn, List<VpcLinkRecord> others) {
    if (!NETWORK_LOAD_BALANCER.matcher(targetArn).matches()) {
      return "NLB ARN is malformed";
    }
    for (VpcLinkRecord other : others) {
      if (other.status().equals("AVAILABLE") && other.targetArns().contains(targetArn)) {
        return "NLB is already associated with another VPC Endpoint Service";
      }
    }
    return null;
  }
}
