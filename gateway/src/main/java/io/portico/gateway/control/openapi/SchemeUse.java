package io.portico.gateway.control.openapi;

import io.portico.gateway.model.AuthorizerRecord;

/** What naming a security scheme in an operation comes to. */
sealed interface SchemeUse {

  /** The method needs an API key. */
  record ApiKey() implements SchemeUse {}

  /** The method needs a signature and a policy that allows the call. */
  record Iam() implements SchemeUse {}

  /** The method needs the authorizer's consent. */
  record Authorizer(AuthorizerRecord authorizer) implements SchemeUse {}

  /** AWS passes over it with a warning. */
  record Ignored(String warning) implements SchemeUse {}

  /** It protects something, and nothing here knows how. */
  record Unknown(String problem) implements SchemeUse {}
}
