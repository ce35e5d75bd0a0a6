package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.MethodMatch;

/**
 * A resource's path with the client's HTTP method: both come from the configuration.
 *
 * @param path as configured, such as {@code /pets/{petId}}
 */
record Route(String path, String verb) {
  static Route of(MethodMatch match) {
    return new Route(match.method().resourcePath(), match.httpMethod());
  }
}
