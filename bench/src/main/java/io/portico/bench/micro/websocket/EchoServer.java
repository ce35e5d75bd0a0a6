package io.portico.bench.micro.websocket;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketConnection;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.http.websocket.WebSocketListener;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.listener.ListenerConfig;
import io.portico.transport.loop.EventLoops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

/** A listener in a process of its own that sends each message back. Prints the port it took. */
public final class EchoServer {
  private static final int MOST_CONNECTIONS = 100_000;

  private EchoServer() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (EventLoops loops = EventLoops.start(EventLoops.Config.best());
        HttpListener listener = listen(loops)) {
      System.out.println("port " + listener.address().getPort());
      new CountDownLatch(1).await();
    }
  }

  /** Listens on a port of the loopback address that is free. */
  public static HttpListener listen(EventLoops loops) throws IOException {
    ListenerConfig usual =
        ListenerConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    ListenerConfig config =
        new ListenerConfig(
            usual.address(),
            usual.limits(),
            usual.headerTimeout(),
            usual.bodyTimeout(),
            usual.keepAliveTimeout(),
            usual.lingerTimeout(),
            MOST_CONNECTIONS,
            usual.leastBodyRate(),
            usual.http2());
    WebSocketLimits limits = WebSocketLimits.standard();
    return HttpListener.start(
        loops,
        config,
        _ -> HttpResponse.switchingTo(new WebSocketUpgrade(new Echo(), limits), Headers.empty()));
  }

  /** A listener for each connection, as an owner has one. */
  private static final class Echo implements WebSocketListener {
    @Override
    public void opened(WebSocketConnection connection) {}

    @Override
    public void message(WebSocketConnection connection, WebSocketMessage message) {
      connection.send(message);
    }

    @Override
    public void closed(WebSocketConnection connection, WebSocketClose close) {}
  }
}
