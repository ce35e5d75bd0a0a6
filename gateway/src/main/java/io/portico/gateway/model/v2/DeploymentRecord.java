package io.portico.gateway.model.v2;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A deployment: the API as it was when it was deployed, never changed afterwards.
 *
 * @param autoDeployed whether a stage that deploys by itself made it
 * @param deploymentStatus DEPLOYED, FAILED or PENDING
 */
public record DeploymentRecord(
    String deploymentId,
    @Nullable String description,
    boolean autoDeployed,
    String deploymentStatus,
    @Nullable String deploymentStatusMessage,
    Instant createdDate,
    ApiDefinition frozen) {

  public DeploymentRecord withDescription(@Nullable String text) {
    return new DeploymentRecord(
        deploymentId,
        text,
        autoDeployed,
        deploymentStatus,
        deploymentStatusMessage,
        createdDate,
        frozen);
  }
}
