package io.portico.server;

import io.portico.gateway.aws.ArnPattern;
import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.compile.LinkTargets;
import io.portico.gateway.execute.integration.TargetHealth;
import io.portico.gateway.execute.integration.TargetProbe;
import io.portico.gateway.http.Upstream;
import io.portico.server.config.ConfigException;
import io.portico.server.config.ConfigValues;
import io.portico.server.config.VpcLinksConfig;

/** The servers behind VPC links, and the looks at them, as they are configured. */
final class ConfiguredTargets {
  private ConfiguredTargets() {}

  /**
   * Which servers stand for load balancers.
   *
   * @throws ConfigException if one is no URL, or a pattern none of an ARN
   */
  static LinkTargets of(VpcLinksConfig config) {
    return new LinkTargets(
        config.targetsByArn().stream()
            .map(
                some ->
                    new LinkTargets.Rule(
                        pattern(some.arns()),
                        some.urls().stream().map(url -> EndpointUrl.of(url).origin()).toList()))
            .toList());
  }

  private static ArnPattern pattern(String arns) {
    ArnPattern pattern = ArnPattern.of(arns);
    if (pattern == null) {
      throw new ConfigException(
          ("vpc-links.targets: %s: allowed is an ARN of six parts, such as"
                  + " arn:aws:elasticloadbalancing:*:*:listener/app/orders/*")
              .formatted(ConfigValues.shown(arns)),
          null);
    }
    return pattern;
  }

  /**
   * Looks at servers.
   *
   * @param upstream asks those that are asked for a path; a server that is only busy is healthy, so
   *     that nobody else may make it wait
   */
  static TargetHealth health(VpcLinksConfig config, Upstream upstream) {
    String path = config.healthCheckPath();
    return new TargetHealth(
        new TargetHealth.Rules(
            config.healthCheckInterval(), config.healthyThreshold(), config.unhealthyThreshold()),
        path == null
            ? TargetProbe.connecting(config.healthCheckTimeout())
            : TargetProbe.asking(upstream, path, config.healthCheckTimeout()));
  }
}
