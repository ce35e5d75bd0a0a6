package io.portico.gateway.execute.websocket;

import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.websocket.SharedMessage;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What backends post to clients: the content of a command becomes a message. */
final class PostedMessages {
  /**
   * Asks for a binary message where the content is text as well. Beyond AWS, whose clients name
   * {@code application/octet-stream} whatever they post, so that a content type says nothing.
   */
  private static final String FRAME = "X-Portico-Frame";

  private static final String BINARY = "binary";

  private PostedMessages() {}

  /**
   * Reads the message of a command, and has it sent; or says why there is none.
   *
   * @param send gives the answer
   */
  static HttpResponse read(Invocation invocation, Function<WebSocketMessage, HttpResponse> send) {
    if (!(invocation.stage() instanceof WebSocketStage stage)) {
      throw new IllegalArgumentException("no call of a WebSocket API");
    }
    WebSocketLimits limits = stage.connections();
    String frame = invocation.request().headers().first(FRAME);
    String refusal = refusal(frame, limits);
    if (refusal != null) {
      return CommandAnswers.badRequest(refusal, invocation);
    }
    byte[] data =
        invocation.content().read(invocation.stage().payloadLimit(), invocation.deadlineNanos());
    return data.length > limits.message()
        ? CommandAnswers.payloadTooLarge(invocation)
        : send.apply(WebSocketMessages.of(data, frame != null));
  }

  private static @Nullable String refusal(@Nullable String frame, WebSocketLimits limits) {
    if (frame == null) {
      return null;
    }
    if (!frame.equalsIgnoreCase(BINARY)) {
      return FRAME + " is none but " + BINARY;
    }
    return limits.binary() ? null : "binary frames are off (websocket.binary-frames)";
  }

  /** Sends to many, and says to how many it did: those that are open, and not too slow for it. */
  static HttpResponse toAll(
      Stream<OpenConnection> connections, WebSocketMessage message, Invocation invocation) {
    // There may be very many of them.
    invocation.carrier().computingForLong();
    try (SharedMessage shared = new SharedMessage(message)) {
      long sent = connections.filter(connection -> connection.send(shared)).count();
      return CommandAnswers.ok(Json.object().put("sent", sent), invocation);
    }
  }
}
