package io.portico.gateway.model.v2;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage: a name under which a deployment is served, {@value #DEFAULT} at the root of an HTTP
 * API's address.
 *
 * @param deploymentId null until something is deployed
 * @param routeSettings by route key
 * @param apiGatewayManaged whether quick create made it
 */
public record StageRecord(
    String stageName,
    @Nullable String deploymentId,
    @Nullable String description,
    boolean autoDeploy,
    @Nullable String clientCertificateId,
    RouteSettings defaultRouteSettings,
    Map<String, RouteSettings> routeSettings,
    Map<String, String> stageVariables,
    @Nullable AccessLogSettings accessLogSettings,
    @Nullable String lastDeploymentStatusMessage,
    @Nullable Map<String, String> tags,
    boolean apiGatewayManaged,
    Instant createdDate,
    Instant lastUpdatedDate) {

  public static final String DEFAULT = "$default";

  /** The stage once something was deployed to it, or could not be. */
  public StageRecord withDeployment(
      @Nullable String newDeploymentId, @Nullable String message, Instant updated) {
    return new StageRecord(
        stageName,
        newDeploymentId,
        description,
        autoDeploy,
        clientCertificateId,
        defaultRouteSettings,
        routeSettings,
        stageVariables,
        accessLogSettings,
        message,
        tags,
        apiGatewayManaged,
        createdDate,
        updated);
  }

  /** The stage as one that deploys by itself. */
  public StageRecord deployingAutomatically(boolean managed) {
    return new StageRecord(
        stageName,
        deploymentId,
        description,
        true,
        clientCertificateId,
        defaultRouteSettings,
        routeSettings,
        stageVariables,
        accessLogSettings,
        lastDeploymentStatusMessage,
        tags,
        managed,
        createdDate,
        lastUpdatedDate);
  }

  public StageRecord withTags(@Nullable Map<String, String> newTags) {
    return new StageRecord(
        stageName,
        deploymentId,
        description,
        autoDeploy,
        clientCertificateId,
        defaultRouteSettings,
        routeSettings,
        stageVariables,
        accessLogSettings,
        lastDeploymentStatusMessage,
        newTags,
        apiGatewayManaged,
        createdDate,
        lastUpdatedDate);
  }

  public StageRecord withAccessLogSettings(@Nullable AccessLogSettings settings, Instant updated) {
    return new StageRecord(
        stageName,
        deploymentId,
        description,
        autoDeploy,
        clientCertificateId,
        defaultRouteSettings,
        routeSettings,
        stageVariables,
        settings,
        lastDeploymentStatusMessage,
        tags,
        apiGatewayManaged,
        createdDate,
        updated);
  }

  public StageRecord withRouteSettings(Map<String, RouteSettings> settings, Instant updated) {
    return new StageRecord(
        stageName,
        deploymentId,
        description,
        autoDeploy,
        clientCertificateId,
        defaultRouteSettings,
        settings,
        stageVariables,
        accessLogSettings,
        lastDeploymentStatusMessage,
        tags,
        apiGatewayManaged,
        createdDate,
        updated);
  }

  /** Settings of one route, or of all that have none; a member that was not set is null. */
  public record RouteSettings(
      @Nullable Boolean dataTraceEnabled,
      @Nullable Boolean detailedMetricsEnabled,
      @Nullable String loggingLevel,
      @Nullable Integer throttlingBurstLimit,
      @Nullable Double throttlingRateLimit) {

    public static final RouteSettings NONE = new RouteSettings(null, null, null, null, null);
  }

  /** Where access logs go and how a line looks. */
  public record AccessLogSettings(@Nullable String destinationArn, @Nullable String format) {}
}
