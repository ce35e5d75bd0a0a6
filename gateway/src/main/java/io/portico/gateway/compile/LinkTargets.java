package io.portico.gateway.compile;

import io.portico.gateway.aws.ArnPattern;
import io.portico.gateway.http.UpstreamRequest.Origin;
import java.util.List;

/**
 * Which servers stand for load balancers and services of Cloud Map: those of the first rule that an
 * ARN is like.
 */
public record LinkTargets(List<Rule> rules) {
  /** Nothing stands for anything. */
  public static final LinkTargets NONE = new LinkTargets(List.of());

  public LinkTargets {
    rules = List.copyOf(rules);
  }

  /**
   * Some load balancers or services, and their servers.
   *
   * @param arns compared with an ARN as it stands in the integration or its VPC link, and without
   *     the query that a service of Cloud Map may have behind it
   * @param targets scheme, host and port of each; at least one
   */
  public record Rule(ArnPattern arns, List<Origin> targets) {
    public Rule {
      targets = List.copyOf(targets);
    }
  }

  /** The servers that stand for that ARN. */
  List<Origin> of(String arn) throws UnusableException {
    int query = arn.indexOf('?');
    String bare = query < 0 ? arn : arn.substring(0, query);
    for (Rule rule : rules) {
      if (rule.arns.matches(arn) || rule.arns.matches(bare)) {
        return rule.targets;
      }
    }
    throw new UnusableException(
        "no target of "
            + arn
            + " is configured: set vpc-links.targets (PORTICO_VPC_LINKS_TARGETS)");
  }
}
