package io.portico.transport.websocketapi;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client by the JDK's WebSocket, which writes down what it hears. */
final class ChatClient implements WebSocket.Listener {
  private static final int PATIENCE_SECONDS = 20;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private @Nullable WebSocket socket;

  private ChatClient() {}

  static ChatClient connect(HttpClient http, URI uri, String... subprotocols) throws Exception {
    ChatClient client = new ChatClient();
    WebSocket.Builder builder = http.newWebSocketBuilder().header("User-Agent", "chat");
    if (subprotocols.length > 0) {
      String[] others = new String[subprotocols.length - 1];
      System.arraycopy(subprotocols, 1, others, 0, others.length);
      builder.subprotocols(subprotocols[0], others);
    }
    client.socket = builder.buildAsync(uri, client).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return client;
  }

  private WebSocket socket() {
    WebSocket opened = socket;
    if (opened == null) {
      throw new IllegalStateException("not connected");
    }
    return opened;
  }

  String subprotocol() {
    return socket().getSubprotocol();
  }

  void sends(String message) throws Exception {
    WebSocket _ = socket().sendText(message, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void sendsBinary(byte... bytes) throws Exception {
    WebSocket _ =
        socket().sendBinary(ByteBuffer.wrap(bytes), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void closes(int code, String reason) throws Exception {
    WebSocket _ = socket().sendClose(code, reason).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Leaves without a word. */
  void isLost() {
    socket().abort();
  }

  /** The next message, or {@code closed} with its code and reason. */
  String hears() throws InterruptedException {
    String next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing heard");
    }
    return next;
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      heard.add(text.toString());
      text.setLength(0);
    }
    webSocket.request(1);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    heard.add("closed " + statusCode + " " + reason);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    heard.add("lost " + error);
  }
}
