package io.portico.gateway.snapshot.httpapi;

import io.portico.gateway.snapshot.Refusal;
import java.util.List;

/** Whom a route lets in, by its {@code authorizationType}. */
public sealed interface RouteAuthorization {

  /** {@code NONE}: everybody. */
  record Open() implements RouteAuthorization {
    public static final Open INSTANCE = new Open();
  }

  /** {@code AWS_IAM}: whoever has signed and is allowed to by policies. */
  record AwsIam() implements RouteAuthorization {
    public static final AwsIam INSTANCE = new AwsIam();
  }

  /**
   * {@code JWT}: whom a token lets in.
   *
   * @param scopes that the route names; a token has one of them
   */
  record Jwt(JwtAuthorizer authorizer, List<String> scopes) implements RouteAuthorization {}

  /** {@code CUSTOM}: whom a function lets in. */
  record Lambda(RequestAuthorizer authorizer) implements RouteAuthorization {}

  /** Nobody: there is an authorizer, which cannot be asked as it is configured. */
  record Unusable(String reason) implements RouteAuthorization {}

  /** Nobody: a setting that restricts access and is not enforced yet, or cannot be understood. */
  record Closed(Refusal refusal) implements RouteAuthorization {}
}
