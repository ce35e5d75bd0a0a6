package io.portico.gateway.control.v2.openapi;

import io.portico.gateway.control.v2.rules.RouteRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may call a route. */
record RouteAuthorization(
    String type, @Nullable String authorizerId, @Nullable List<String> scopes) {

  static final RouteAuthorization OPEN = new RouteAuthorization(RouteRules.NONE, null, null);
}
