package io.portico.gateway.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage: a name under which a deployment is served. {@code methodSettings} is keyed as the
 * settings were patched, without the leading slash: by the pair of wildcards, or by a resource's
 * path, in which slashes may be escaped ({@code ~1}), and a method. {@link MethodKey#canonical}
 * knows all these forms.
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

  /** The key of the settings that hold for every method without its own. */
  public static final String ALL_METHODS = "*/*";

  /** This stage with another documentation version, or none. */
  public StageRecord withDocumentationVersion(@Nullable String version, Instant now) {
    return new StageRecord(
        stageName,
        deploymentId,
        description,
        clientCertificateId,
        cacheClusterEnabled,
        cacheClusterSize,
        cacheClusterStatus,
        methodSettings,
        variables,
        version,
        accessLogSettings,
        canarySettings,
        tracingEnabled,
        webAclArn,
        tags,
        createdDate,
        now);
  }

  /** This stage with other tags. */
  public StageRecord withTags(@Nullable Map<String, String> newTags) {
    return new StageRecord(
        stageName,
        deploymentId,
        description,
        clientCertificateId,
        cacheClusterEnabled,
        cacheClusterSize,
        cacheClusterStatus,
        methodSettings,
        variables,
        documentationVersion,
        accessLogSettings,
        canarySettings,
        tracingEnabled,
        webAclArn,
        newTags,
        createdDate,
        lastUpdatedDate);
  }

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
