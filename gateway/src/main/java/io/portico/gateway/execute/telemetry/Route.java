package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.RouteMatch;

/**
 * A resource's or route's path with the client's HTTP method: both come from the configuration.
 *
 * @param path as configured, such as {@code /pets/{petId}}
 */
record Route(String path, String verb) {
  static Route of(MethodMatch match) {
    return new Route(match.method().resourcePath(), match.httpMethod());
  }

  static Route of(RouteMatch match) {
    return new Route(match.route().path(), match.httpMethod());
  }
}
