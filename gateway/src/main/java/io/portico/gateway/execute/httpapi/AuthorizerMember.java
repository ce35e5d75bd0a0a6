package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.AuthorizerContext;
import io.portico.gateway.execute.Invocation;
import tools.jackson.databind.node.ObjectNode;

/** The member {@code authorizer} of an event's {@code requestContext}. */
final class AuthorizerMember {
  private AuthorizerMember() {}

  /** That of payload format 1.0. */
  static void putV1(ObjectNode context, Invocation invocation) {
    AuthorizerContext said = invocation.observations().caller().authorizer();
    if (said != null) {
      said.values().forEach(context.putObject("authorizer")::put);
    }
  }
}
