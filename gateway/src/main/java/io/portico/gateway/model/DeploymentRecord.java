package io.portico.gateway.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A deployment: the API as it was when it was deployed, never changed afterwards. */
public record DeploymentRecord(
    String id, @Nullable String description, Instant createdDate, ApiDefinition frozen) {

  /** This deployment with another description, the one member that can be changed. */
  public DeploymentRecord withDescription(@Nullable String text) {
    return new DeploymentRecord(id, text, createdDate, frozen);
  }
}
