package io.portico.transport.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.transport.loop.BodyBuffers;
import io.portico.transport.loop.IoTransport;
import io.portico.transport.loop.Loop;
import io.portico.transport.wire.Http2Codec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes connections of one event loop: name lookup, each address in turn, TLS. */
// What fails on the way is told to the outcome.
@SuppressWarnings("FutureReturnValueIgnored")
final class Connector {
  private final Loop loop;
  private final UpstreamConfig config;
  private final UpstreamTls tls;
  private final HostAddresses addresses;
  private final Bootstrap bootstrap;

  /** Of this loop, with those that are not connected yet; touched on the loop only. */
  private final Set<Channel> channels = new HashSet<>();

  private Runnable whenEmpty = () -> {};
  private boolean closed;

  /** Hears on the loop what became of a connection. */
  interface Outcome {
    void connected(BackendConnection connection);

    void failed(UpstreamException reason);
  }

  Connector(
      Loop loop,
      IoTransport transport,
      UpstreamConfig config,
      UpstreamTls tls,
      HostAddresses addresses) {
    this.loop = loop;
    this.config = config;
    this.tls = tls;
    this.addresses = addresses;
    this.bootstrap =
        BodyBuffers.of(new Bootstrap())
            .group(loop.eventLoop())
            .channel(transport.channel())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                (int) Math.min(config.connectTimeout().toMillis(), Integer.MAX_VALUE));
  }

  /**
   * Where to connect, and how to encrypt.
   *
   * @param tls null for a plain connection
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Route(InetAddress[] addresses, @Nullable SslContext tls) {
    /** No more handshakes are begun with it. */
    void done() {
      UpstreamTls.release(tls);
    }
  }

  /** Connects to {@code origin}; the connection belongs to {@code pool}. Called on the loop. */
  void connect(Origin origin, OriginPool pool, Outcome outcome) {
    route(origin)
        .whenComplete(
            (route, failure) -> {
              Runnable next =
                  () -> {
                    if (closed) {
                      if (route != null) {
                        route.done();
                      }
                      outcome.failed(
                          new UpstreamException(
                              Reason.CONNECTION_LOST, "the client is closed", null));
                    } else if (failure != null) {
                      outcome.failed(unresolved(origin, failure));
                    } else {
                      connect(origin, route, 0, pool, outcome);
                    }
                  };
              if (loop.isCurrent()) {
                next.run();
              } else {
                loop.execute(next);
              }
            });
  }

  private CompletableFuture<Route> route(Origin origin) {
    CompletableFuture<InetAddress[]> found = addresses.of(origin.host());
    return origin.tls()
        ? found.thenApplyAsync(all -> new Route(all, tls.context(origin)), addresses.threads())
        : found.thenApply(all -> new Route(all, null));
  }

  private static UpstreamException unresolved(Origin origin, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof UnknownHostException
        ? new UpstreamException(Reason.UNKNOWN_HOST, "no address for " + origin.host(), cause)
        : new UpstreamException(
            Reason.OVERLOADED, "cannot look up " + origin.host() + " now", cause);
  }

  private void connect(Origin origin, Route route, int index, OriginPool pool, Outcome outcome) {
    InetAddress[] found = route.addresses();
    UpstreamConnection connection = new UpstreamConnection(loop, pool, config);
    SslHandler handshake =
        route.tls() == null ? null : tls.handler(route.tls(), origin, ByteBufAllocator.DEFAULT);
    ChannelFuture connecting =
        bootstrap
            .clone()
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    opened(channel);
                    if (handshake != null) {
                      channel.pipeline().addLast(handshake);
                    }
                    channel.pipeline().addLast((ChannelHandler) connection);
                  }
                })
            .connect(new InetSocketAddress(found[index], origin.port()));
    connecting.addListener(
        _ -> {
          if (connecting.isSuccess()) {
            route.done();
            connected(origin, pool, connection, handshake, outcome);
          } else if (index + 1 < found.length) {
            connect(origin, route, index + 1, pool, outcome);
          } else {
            route.done();
            outcome.failed(unconnected(origin, connecting.cause()));
          }
        });
  }

  private void opened(Channel channel) {
    channels.add(channel);
    channel
        .closeFuture()
        .addListener(
            _ -> {
              channels.remove(channel);
              if (channels.isEmpty()) {
                whenEmpty.run();
              }
            });
  }

  /**
   * Closes all connections. Called on the loop.
   *
   * @param then run when all of them are closed
   */
  void close(Runnable then) {
    closed = true;
    whenEmpty = then;
    if (channels.isEmpty()) {
      then.run();
    }
    new ArrayList<>(channels).forEach(Channel::close);
  }

  private void connected(
      Origin origin,
      OriginPool pool,
      UpstreamConnection connection,
      @Nullable SslHandler handshake,
      Outcome outcome) {
    if (handshake == null) {
      outcome.connected(connection);
      return;
    }
    handshake
        .handshakeFuture()
        .addListener(
            done -> {
              UpstreamHttp2 http2 = config.http2();
              if (done.isSuccess()
                  && http2 != null
                  && ApplicationProtocolNames.HTTP_2.equals(handshake.applicationProtocol())) {
                speakHttp2(http2, pool, connection, outcome);
              } else if (done.isSuccess()) {
                outcome.connected(connection);
              } else {
                connection.close();
                outcome.failed(
                    new UpstreamException(
                        Reason.TLS_FAILED,
                        "no TLS with " + origin.authority() + ": " + done.cause().getMessage(),
                        done.cause()));
              }
            });
  }

  /** The backend has chosen HTTP/2, and greets; then there is a connection. */
  private void speakHttp2(
      UpstreamHttp2 http2, OriginPool pool, UpstreamConnection connection, Outcome outcome) {
    Http2Codec codec = Http2Codec.ofClient(config.limits(), http2.limits());
    connection
        .context()
        .pipeline()
        .replace(connection, null, new SharedConnection(loop, pool, config, http2, codec, outcome));
  }

  private static UpstreamException unconnected(Origin origin, Throwable cause) {
    Reason reason =
        cause instanceof ConnectTimeoutException
            ? Reason.CONNECT_TIMEOUT
            : cause instanceof SSLException ? Reason.TLS_FAILED : Reason.CONNECT_FAILED;
    return new UpstreamException(
        reason, "no connection to " + origin.authority() + ": " + cause.getMessage(), cause);
  }
}
