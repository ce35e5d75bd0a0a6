package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.portico.gateway.execute.integration.TargetGroups.Hosts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How the targets of private integrations are, by the ARN that these lead to: what load balancers
 * have as {@code HealthyHostCount} and {@code UnHealthyHostCount}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html">CloudWatch
 *     metrics for your Application Load Balancer</a>
 */
public final class TargetMeters implements Consumer<Map<String, Hosts>> {
  private final MultiGauge healthy;
  private final MultiGauge unhealthy;

  public TargetMeters(MeterRegistry registry) {
    healthy =
        MultiGauge.builder("portico.vpclink.targets.healthy")
            .description("Targets of a private integration that take requests.")
            .register(registry);
    unhealthy =
        MultiGauge.builder("portico.vpclink.targets.unhealthy")
            .description("Targets of a private integration that health checks found wanting.")
            .register(registry);
  }

  @Override
  public void accept(Map<String, Hosts> hosts) {
    List<MultiGauge.Row<?>> good = new ArrayList<>();
    List<MultiGauge.Row<?>> bad = new ArrayList<>();
    hosts.forEach(
        (arn, counted) -> {
          Tags tags = Tags.of("arn", arn);
          good.add(MultiGauge.Row.of(tags, counted.healthy()));
          bad.add(MultiGauge.Row.of(tags, counted.unhealthy()));
        });
    healthy.register(good, true);
    unhealthy.register(bad, true);
  }
}
