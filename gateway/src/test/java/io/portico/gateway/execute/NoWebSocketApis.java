package io.portico.gateway.execute;

import io.portico.gateway.snapshot.websocket.WebSocketStage;

/** The pipeline of WebSocket APIs where no stage of any is served. */
public final class NoWebSocketApis {
  public static final Pipeline<WebSocketStage> PIPELINE =
      (request, address, stage, snapshot) -> {
        throw new AssertionError("a stage of a WebSocket API is called: " + stage.key());
      };

  private NoWebSocketApis() {}
}
