package io.portico.gateway.snapshot.httpapi;

import io.portico.gateway.snapshot.ThrottleLimit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route, ready to be called.
 *
 * @param routeKey as configured, such as {@code GET /pets/{petId}} or {@code $default}
 * @param httpMethod as configured; {@code ANY} for a catch-all and for {@code $default}
 * @param path as configured, such as {@code /pets/{petId}}; that of {@code $default} is its key
 * @param variables those of the path, in its order
 * @param authorization whom it lets in
 * @param integration what it calls
 * @param throttle over all callers, or null
 * @param metricsEnabled whether it has metrics of its own beside its stage's
 */
public record RouteSnapshot(
    String routeId,
    String routeKey,
    String httpMethod,
    String path,
    List<PathVariable> variables,
    RouteAuthorization authorization,
    RouteIntegration integration,
    @Nullable ThrottleLimit throttle,
    boolean metricsEnabled) {
  /** The key of the route that takes what no other one does. */
  public static final String DEFAULT = "$default";

  /**
   * A variable of a route's path.
   *
   * @param segment its place, from zero
   * @param greedy whether it takes all that is left
   */
  public record PathVariable(String name, int segment, boolean greedy) {}

  /** Whether this is the route that takes what no other one does. */
  public boolean isDefault() {
    return routeKey.equals(DEFAULT);
  }
}
