package io.portico.gateway.snapshot;

import io.portico.gateway.http.UpstreamRequest.Origin;
import java.util.List;

/**
 * What private integrations lead to: the servers that stand for a load balancer or a service of
 * Cloud Map.
 *
 * @param arn of the load balancer, its listener or the service, as an integration or its VPC link
 *     names it
 * @param targets where to connect, and how; at least one
 */
public record TargetGroup(String arn, List<Origin> targets) {
  public TargetGroup {
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("no target of " + arn);
    }
  }
}
