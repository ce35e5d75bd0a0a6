package io.portico.server.websockets;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client by the JDK's WebSocket, which writes down what it hears. */
final class ChatClient implements WebSocket.Listener {
  private static final int PATIENCE_SECONDS = 20;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private final boolean silent;
  private @Nullable WebSocket socket;

  private ChatClient(boolean silent) {
    this.silent = silent;
  }

  static ChatClient connect(HttpClient http, URI uri) throws Exception {
    return connect(http, uri, new ChatClient(false));
  }

  /** One that takes nothing before {@link #takesAll}. */
  static ChatClient connectSilently(HttpClient http, URI uri) throws Exception {
    return connect(http, uri, new ChatClient(true));
  }

  private static ChatClient connect(HttpClient http, URI uri, ChatClient client) throws Exception {
    client.socket =
        http.newWebSocketBuilder().buildAsync(uri, client).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return client;
  }

  /** The status of a handshake that is refused. */
  static int refusal(HttpClient http, URI uri) throws Exception {
    try {
      connect(http, uri).leaves();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
    throw new AssertionError("connected");
  }

  private WebSocket socket() {
    WebSocket opened = socket;
    if (opened == null) {
      throw new IllegalStateException("not connected");
    }
    return opened;
  }

  /** A message in as many frames as there are pieces. */
  void sends(String... pieces) throws Exception {
    for (int i = 0; i < pieces.length; i++) {
      WebSocket _ =
          socket()
              .sendText(pieces[i], i == pieces.length - 1)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  void sendsBinary(byte... bytes) throws Exception {
    WebSocket _ =
        socket().sendBinary(ByteBuffer.wrap(bytes), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Takes one message. */
  void asksForOne() {
    socket().request(1);
  }

  /** Takes what has come and what comes. */
  void takesAll() {
    socket().request(Long.MAX_VALUE);
  }

  /** Leaves without a word. */
  void leaves() {
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

  /** How the connection ends, behind whatever is heard before. */
  String hearsTheEnd() throws InterruptedException {
    String next = hears();
    while (!next.startsWith("closed ") && !next.startsWith("lost ")) {
      next = hears();
    }
    return next;
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    if (!silent) {
      webSocket.request(Long.MAX_VALUE);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      heard.add(text.toString());
      text.setLength(0);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
    heard.add("binary of " + data.remaining());
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
