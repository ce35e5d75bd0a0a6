package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.AuthorizerContext;
import io.portico.gateway.execute.Invocation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The member {@code authorizer} of an event's {@code requestContext}.
 *
 * <p>AWS: the form of what a token says is documented; so is that of a function's context, whose
 * values keep their types in format 2.0.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Lambda proxy integrations for HTTP APIs</a>
 */
final class AuthorizerMember {
  private static final String AUTHORIZER = "authorizer";

  private AuthorizerMember() {}

  /** That of payload format 2.0; whoever has signed stands there already. */
  static void putV2(ObjectNode context, Invocation invocation) {
    AuthorizerContext said = invocation.observations().caller().authorizer();
    if (said == null) {
      return;
    }
    ObjectNode authorizer = context.putObject(AUTHORIZER);
    if (said.claims() == null) {
      authorizer.set("lambda", said.document());
    } else {
      putToken(authorizer.putObject("jwt"), said);
    }
  }

  /** That of payload format 1.0. */
  static void putV1(ObjectNode context, Invocation invocation) {
    ObjectNode authorizer = context.putObject(AUTHORIZER);
    AuthorizerContext said = invocation.observations().caller().authorizer();
    if (said == null) {
      authorizer.putNull("claims").putNull("scopes");
    } else if (said.claims() == null) {
      said.values().forEach(authorizer::put);
    } else {
      putToken(authorizer, said);
    }
  }

  private static void putToken(ObjectNode node, AuthorizerContext said) {
    if (said.claims() != null) {
      said.claims().forEach(node.putObject("claims")::put);
    }
    @Nullable List<String> scopes = said.scopes();
    if (scopes == null) {
      node.putNull("scopes");
    } else {
      scopes.forEach(node.putArray("scopes")::add);
    }
  }
}
