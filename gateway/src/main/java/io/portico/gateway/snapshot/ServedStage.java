package io.portico.gateway.snapshot;

import org.jspecify.annotations.Nullable;

/** A stage of an API of any kind, as the front door finds it. */
public interface ServedStage {

  /** Names what is kept for the stage while it serves, whatever its snapshot. */
  String key();

  String apiId();

  String stageName();

  /** Whether the {@code execute-api} address answers 403. */
  boolean defaultEndpointDisabled();

  /** What bounds its calls. */
  CallLimits limits();

  /** What stands before an edge-optimised API, or null for any other. */
  @Nullable CloudFront cloudFront();
}
