package io.portico.gateway.compile;

import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.model.v2.StageRecord.RouteSettings;
import io.portico.gateway.snapshot.ExecutionLogging;
import io.portico.gateway.snapshot.ThrottleLimit;
import org.jspecify.annotations.Nullable;

/**
 * What a stage's settings say of a route.
 *
 * @param throttle over all callers, or null
 * @param metricsEnabled whether it has metrics of its own
 * @param logging what its execution log says; HTTP APIs have none
 */
public record RouteLimits(
    @Nullable ThrottleLimit throttle, boolean metricsEnabled, ExecutionLogging logging) {
  // AWS: source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html.
  private static final double ACCOUNT_RATE = 10_000;
  private static final int ACCOUNT_BURST = 5_000;

  /**
   * AWS: a route's own settings override the stage's, each of them; source: inferred. Where one of
   * the two limits is not set, the account's takes its place: AWS's default.
   */
  public static RouteLimits of(StageRecord stage, String routeKey) {
    RouteSettings own = stage.routeSettings().getOrDefault(routeKey, RouteSettings.NONE);
    RouteSettings all = stage.defaultRouteSettings();
    Double rate = first(own.throttlingRateLimit(), all.throttlingRateLimit());
    Integer burst = first(own.throttlingBurstLimit(), all.throttlingBurstLimit());
    return new RouteLimits(
        rate == null && burst == null
            ? null
            : ThrottleLimit.of(
                rate == null ? ACCOUNT_RATE : rate, burst == null ? ACCOUNT_BURST : burst),
        isTrue(first(own.detailedMetricsEnabled(), all.detailedMetricsEnabled())),
        ExecutionLoggings.of(
            first(own.loggingLevel(), all.loggingLevel()),
            isTrue(first(own.dataTraceEnabled(), all.dataTraceEnabled()))));
  }

  private static boolean isTrue(@Nullable Boolean setting) {
    return Boolean.TRUE.equals(setting);
  }

  private static <T> @Nullable T first(@Nullable T own, @Nullable T all) {
    return own == null ? all : own;
  }
}
