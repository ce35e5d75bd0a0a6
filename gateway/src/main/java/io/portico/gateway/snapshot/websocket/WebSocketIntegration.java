package io.portico.gateway.snapshot.websocket;

import io.portico.gateway.snapshot.IntegrationSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What a route of a WebSocket API calls: a backend of the same kinds as a REST API's.
 *
 * @param backend its request templates are by key
 * @param templateSelection gives the key of the request template, or null
 * @param responses none of a proxy
 */
public record WebSocketIntegration(
    IntegrationSnapshot backend,
    @Nullable SelectionExpression templateSelection,
    MessageResponses responses) {

  /** Whether request and answer pass through, and are not mapped. */
  public boolean isProxy() {
    return switch (backend) {
      case IntegrationSnapshot.Http http -> http.proxy();
      case IntegrationSnapshot.Lambda lambda -> lambda.proxy();
      default -> false;
    };
  }
}
