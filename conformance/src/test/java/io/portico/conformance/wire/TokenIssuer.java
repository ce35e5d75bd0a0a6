package io.portico.conformance.wire;

import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Backend.Request;

/** An issuer of tokens as OpenID Connect has it: what it says of itself, its key set, a token. */
public final class TokenIssuer implements AutoCloseable {
  private final TokenKey key = TokenKey.generate();
  private final Backend backend = Backend.answering(this::published);

  private Answer published(Request request) {
    return request.uri().getPath().equals("/keys")
        ? Answer.ok(key.keySet())
        : Answer.ok("{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\"}".formatted(name(), name()));
  }

  /** What its tokens have as {@code iss}: the URL where it publishes. */
  public String name() {
    return "http://" + backend.address();
  }

  /** A token of {@code me} that is good for ten minutes. */
  public String token(String audience) {
    return key.token(name(), audience);
  }

  @Override
  public void close() {
    backend.close();
  }
}
