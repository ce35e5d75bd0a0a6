package io.portico.transport.listener;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.handler.ssl.SslHandler;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.HttpHandler;
import io.portico.transport.loop.BodyBuffers;
import io.portico.transport.loop.EventLoops;
import io.portico.transport.loop.IoTransport;
import io.portico.transport.loop.Loop;
import io.portico.transport.tls.ServerTls;
import io.portico.transport.websocket.Handshake;
import io.portico.transport.wire.Http2Codec;
import io.portico.transport.wire.HttpDate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on one address and gives requests to a handler. Each event loop accepts for itself
 * (SO_REUSEPORT), so that a connection never changes loops.
 */
public final class HttpListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
  private static final int BACKLOG = 1024;
  private static final long CLOSE_SECONDS = 5;

  private final EventLoops loops;
  private final ListenerConfig config;
  private final HttpHandler handler;
  private final @Nullable ServerTls tls;
  private final List<Channel> channels = new ArrayList<>();
  private final Map<Loop, HttpDate> dates = new HashMap<>();
  private final Connections connections;
  private final CountDownLatch empty = new CountDownLatch(1);
  private volatile boolean draining;

  private HttpListener(
      EventLoops loops, ListenerConfig config, HttpHandler handler, @Nullable ServerTls tls) {
    this.loops = loops;
    this.config = config;
    this.handler = handler;
    this.tls = tls;
    this.connections = new Connections(config.maxConnections());
    loops.all().forEach(loop -> dates.put(loop, new HttpDate()));
  }

  /**
   * Starts to listen, without encryption.
   *
   * @throws IOException if the address cannot be bound, most often because it is in use
   */
  public static HttpListener start(EventLoops loops, ListenerConfig config, HttpHandler handler)
      throws IOException {
    return start(loops, config, handler, null);
  }

  /**
   * Starts to listen.
   *
   * @param tls how connections are encrypted, or null if they are not; stays the caller's
   * @throws IOException if the address cannot be bound, most often because it is in use
   */
  public static HttpListener start(
      EventLoops loops, ListenerConfig config, HttpHandler handler, @Nullable ServerTls tls)
      throws IOException {
    HttpListener listener = new HttpListener(loops, config, handler, tls);
    try {
      listener.bind();
      return listener;
    } catch (IOException | RuntimeException e) {
      listener.stopAccepting();
      throw e;
    }
  }

  private void bind() throws IOException {
    boolean shared = loops.all().size() > 1 && reusePort() != null;
    InetSocketAddress address = config.address();
    if (shared && address.getPort() != 0) {
      probe(address);
    }
    if (!shared) {
      bind(loops.group(), address, false);
      return;
    }
    for (Loop loop : loops.all()) {
      bind(loop.eventLoop(), address, true);
      address = address();
    }
  }

  /**
   * With SO_REUSEPORT a second process could bind the same port unnoticed; this one must be told.
   */
  private static void probe(InetSocketAddress address) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
    }
  }

  private void bind(EventLoopGroup group, InetSocketAddress address, boolean shared)
      throws IOException {
    ServerBootstrap bootstrap =
        BodyBuffers.of(new ServerBootstrap())
            .group(group)
            .channel(loops.transport().serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    begin(channel, loops.of(channel));
                  }
                });
    ChannelOption<Boolean> reusePort = reusePort();
    if (shared && reusePort != null) {
      bootstrap.option(reusePort, true);
    }
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
    }
    channels.add(bound.channel());
  }

  private void begin(SocketChannel channel, Loop loop) {
    if (tls == null) {
      channel.pipeline().addLast(new Http1Connection(this, loop));
      return;
    }
    HandshakeGate gate = new HandshakeGate(loop, channel);
    SslHandler encryption = tls.handler(channel.alloc(), gate);
    encryption.setHandshakeTimeoutMillis(config.headerTimeout().toMillis());
    channel.pipeline().addLast(gate, encryption, new TlsConnection(this, loop, gate, encryption));
  }

  private @Nullable ChannelOption<Boolean> reusePort() {
    if (loops.transport() != IoTransport.NIO) {
      return UnixChannelOption.SO_REUSEPORT;
    }
    try (ServerSocket socket = new ServerSocket()) {
      return socket.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)
          ? NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT)
          : null;
    } catch (IOException e) {
      LOG.debug("cannot ask for SO_REUSEPORT", e);
      return null;
    }
  }

  /** Where it listens; with the real port where 0 was asked for. */
  public InetSocketAddress address() {
    return (InetSocketAddress) channels.getFirst().localAddress();
  }

  /** How many connections there are now. */
  public int connections() {
    return connections.size();
  }

  /**
   * Ends in good order: accepts no more, closes idle connections, lets requests under way be
   * answered (and says that the connection closes), and closes what is left when the time is over.
   *
   * @return whether everything was answered in time
   */
  public boolean drain(Duration time) {
    draining = true;
    stopAccepting();
    for (Connection connection : connections.all()) {
      connection.loop().execute(connection::drain);
    }
    boolean inTime = awaitEmpty(time);
    if (!inTime) {
      if (time.isPositive()) {
        LOG.info("{} connections are closed at the end of draining", connections.size());
      }
      for (Connection connection : connections.all()) {
        connection.loop().execute(connection::abort);
      }
      awaitEmpty(Duration.ofSeconds(CLOSE_SECONDS));
    }
    return inTime;
  }

  /** Closes everything now; requests under way are interrupted. */
  @Override
  public void close() {
    drain(Duration.ZERO);
  }

  private boolean awaitEmpty(Duration time) {
    if (connections.size() == 0) {
      return true;
    }
    try {
      return empty.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void stopAccepting() {
    for (Channel channel : channels) {
      channel.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
  }

  ListenerConfig config() {
    return config;
  }

  HttpHandler handler() {
    return handler;
  }

  /** The loop's own. */
  HttpDate date(Loop loop) {
    return Objects.requireNonNull(dates.get(loop));
  }

  boolean isDraining() {
    return draining;
  }

  /**
   * Takes note of a connection.
   *
   * @return false if none is wanted any more
   */
  boolean opened(Connection connection, InetAddress client) {
    return connections.add(connection, client) && !draining;
  }

  /** HTTP/2 takes the place of what the client has spoken so far. */
  void speakHttp2(
      Connection connection,
      ChannelHandlerContext context,
      ClientConnection client,
      @Nullable SslHandler encryption) {
    Http2Connection next =
        new Http2Connection(
            this,
            connection.loop(),
            client,
            encryption,
            Http2Codec.ofServer(config.limits(), config.http2()));
    replaced(connection, next);
    context.pipeline().replace(context.handler(), null, next);
  }

  /** WebSocket takes the place of HTTP/1.1. */
  void speakWebSocket(
      Connection connection,
      ChannelHandlerContext context,
      ClientConnection client,
      @Nullable SslHandler encryption,
      Handshake handshake) {
    UpgradedConnection next =
        new UpgradedConnection(this, connection.loop(), client, encryption, handshake);
    context.pipeline().replace(context.handler(), null, next);
    replaced(connection, next);
  }

  /** What a connection speaks is known now, or has changed. */
  void replaced(Connection connection, Connection next) {
    connections.replace(connection, next);
    if (draining) {
      next.loop().execute(next::drain);
    }
  }

  void closed(Connection connection) {
    connections.remove(connection);
    if (draining && connections.size() == 0) {
      empty.countDown();
    }
  }
}
