package io.portico.gateway.snapshot.httpapi;

import io.portico.gateway.snapshot.Refusal;

/** Whom a route lets in, by its {@code authorizationType}. */
public sealed interface RouteAuthorization {

  /** {@code NONE}: everybody. */
  record Open() implements RouteAuthorization {
    public static final Open INSTANCE = new Open();
  }

  /** Nobody: there is an authorizer, which cannot be asked as it is configured. */
  record Unusable(String reason) implements RouteAuthorization {}

  /** Nobody: a setting that restricts access and is not enforced yet, or cannot be understood. */
  record Closed(Refusal refusal) implements RouteAuthorization {}
}
