package io.portico.gateway.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage: a name under which a deployment is served. {@code methodSettings} is keyed by {@code
 * <resource path without leading slash>/<METHOD>} or by the pair of wildcards.
 */
public record StageRecord(
    String stageName,
    String deploymentId,
    @Nullable String description,
    @Nullable String clientCertificateId,
    boolean cacheClusterEnabled,
    @Nullable String cacheClusterSize,
    String cacheClusterStatus,
    Map<String, MethodSetting> methodSettings,
    @Nullable Map<String, String> variables,
    @Nullable String documentationVersion,
    @Nullable AccessLogSettings accessLogSettings,
    @Nullable CanarySettings canarySettings,
    boolean tracingEnabled,
    @Nullable String webAclArn,
    @Nullable Map<String, String> tags,
    Instant createdDate,
    Instant lastUpdatedDate) {

  /** Settings of one method, or of all. */
  public record MethodSetting(
      boolean metricsEnabled,
      @Nullable String loggingLevel,
      boolean dataTraceEnabled,
      int throttlingBurstLimit,
      double throttlingRateLimit,
      boolean cachingEnabled,
      int cacheTtlInSeconds,
      boolean cacheDataEncrypted,
      boolean requireAuthorizationForCacheControl,
      String unauthorizedCacheControlHeaderStrategy) {}

  /** Where access logs go and how a line looks. */
  public record AccessLogSettings(@Nullable String format, @Nullable String destinationArn) {}

  /** A share of the stage's traffic that goes to another deployment. */
  public record CanarySettings(
      double percentTraffic,
      String deploymentId,
      @Nullable Map<String, String> stageVariableOverrides,
      boolean useStageCache) {}
}
