package io.portico.gateway.http.websocket;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A message that is sent to many: what a connection makes of it to send it is kept here for the
 * others. For the thread that sends it, which closes it once all have been left it.
 */
public final class SharedMessage implements AutoCloseable {
  private final WebSocketMessage message;
  private @Nullable Prepared prepared;

  public SharedMessage(WebSocketMessage message) {
    this.message = message;
  }

  /** What connections make of a message before they send it. */
  public interface Prepared {
    /** No other connection will take it; those that have go on. */
    void release();
  }

  public WebSocketMessage message() {
    return message;
  }

  /**
   * What the first connection has made of it.
   *
   * @param kind which all connections that it is sent to make
   * @param first makes it
   */
  public <P extends Prepared> P prepared(Class<P> kind, Function<WebSocketMessage, P> first) {
    Prepared known = prepared;
    if (known == null) {
      known = first.apply(message);
      prepared = known;
    }
    return kind.cast(known);
  }

  @Override
  public void close() {
    if (prepared != null) {
      prepared.release();
    }
  }
}
