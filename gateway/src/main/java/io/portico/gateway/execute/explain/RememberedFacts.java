package io.portico.gateway.execute.explain;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane knows, asked once for each thing: for a list of requests, which are of few
 * APIs. For one thread, and as long as one answer takes to make.
 */
final class RememberedFacts implements ControlFacts {
  private final ControlFacts control;
  private final Map<String, Optional<Api>> apis = new HashMap<>();
  private final Map<Deployment, Boolean> outdated = new HashMap<>();
  private final Map<KeyValue, Optional<Key>> keys = new HashMap<>();

  private record Deployment(String apiId, String id) {}

  private record KeyValue(String scope, String digest) {}

  /**
   * @param control is asked what is not known yet
   */
  RememberedFacts(ControlFacts control) {
    this.control = control;
  }

  @Override
  public @Nullable Api api(String apiId) {
    return apis.computeIfAbsent(apiId, id -> Optional.ofNullable(control.api(id))).orElse(null);
  }

  @Override
  public boolean isOutdated(String apiId, String deploymentId) {
    return outdated.computeIfAbsent(
        new Deployment(apiId, deploymentId), each -> control.isOutdated(each.apiId, each.id));
  }

  @Override
  public @Nullable Key key(String scope, String digest) {
    return keys.computeIfAbsent(
            new KeyValue(scope, digest),
            value -> Optional.ofNullable(control.key(value.scope, value.digest)))
        .orElse(null);
  }
}
