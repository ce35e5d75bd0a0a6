package io.portico.gateway.snapshot;

import io.portico.gateway.aws.policy.Policy;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A stage of an API of any kind, as the front door finds it. */
public interface ServedStage {

  /** Names what is kept for the stage while it serves, whatever its snapshot. */
  String key();

  /** Account and region: whose API keys, usage plans and limits hold. */
  String scope();

  String apiId();

  String apiName();

  /** Twelve digits. */
  String accountId();

  String region();

  String stageName();

  /** Null where nothing is deployed. */
  @Nullable String deploymentId();

  /** Whether the {@code execute-api} address answers 403. */
  boolean defaultEndpointDisabled();

  /** The stage variables. */
  Map<String, String> variables();

  /** What bounds its calls. */
  CallLimits limits();

  /** Most bytes of a body, request or answer. */
  default long payloadLimit() {
    return limits().payload().most();
  }

  /** Whether calls are traced whoever makes them. */
  boolean traced();

  /** Where and how each answer is logged, or null. */
  @Nullable AccessLog accessLog();

  /**
   * Whether calls of any of its methods or routes have an execution log; those of HTTP APIs have
   * none.
   */
  default boolean logsExecutions() {
    return false;
  }

  /** The API's resource policy, or null: only REST APIs have any. */
  default @Nullable Policy policy() {
    return null;
  }

  /** Which of the stage's releases this is: only stages of REST APIs have canaries. */
  default Release release() {
    return Release.SOLE;
  }

  /** What its private integrations lead to. */
  Set<TargetGroup> targetGroups();

  /** What stands before an edge-optimised API, or null for any other. */
  @Nullable CloudFront cloudFront();
}
