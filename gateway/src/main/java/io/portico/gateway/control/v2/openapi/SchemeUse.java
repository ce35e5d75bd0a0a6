package io.portico.gateway.control.v2.openapi;

import io.portico.gateway.model.v2.AuthorizerRecord;

/** What a security scheme means to the routes that name it. */
sealed interface SchemeUse {

  /** Requests are signed. */
  record Iam() implements SchemeUse {}

  record Authorizer(AuthorizerRecord authorizer) implements SchemeUse {}

  /** HTTP APIs have nothing for it: who asks for it lets nobody in. */
  record Unsupported(String problem, String warning) implements SchemeUse {}

  /** Routes would be protected by an authorizer that is not there. */
  record Incomplete(String problem) implements SchemeUse {}

  /** No scheme of that name is there. */
  record Undefined(String problem) implements SchemeUse {}
}
