package io.portico.transport.support;

import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.listener.ListenerConfig;
import io.portico.transport.loop.EventLoops;
import io.portico.transport.loop.IoTransport;
import io.portico.transport.loop.RequestThreads;
import io.portico.transport.tls.ServerTls;
import io.portico.transport.tls.TlsLibrary;
import io.portico.transport.upstream.NettyUpstream;
import io.portico.transport.upstream.UpstreamConfig;
import io.portico.transport.wire.Http2Limits;
import io.portico.transport.wire.WireLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Event loops, an upstream client and listeners, closed together. */
public final class Transport implements AutoCloseable {
  /** Long enough never to be reached where a test is not about time. */
  private static final Duration LONG = Duration.ofSeconds(60);

  private final EventLoops loops;
  private final NettyUpstream upstream;
  private final List<HttpListener> listeners = new ArrayList<>();

  /** A way to run: which events, which threads. */
  public record Mode(@Nullable IoTransport io, boolean onLoops) {
    public static final Mode BEST = new Mode(null, true);

    /** Each transport of this machine, and both kinds of threads. */
    public static List<Mode> all() {
      List<Mode> modes = new ArrayList<>();
      for (IoTransport io : IoTransport.values()) {
        try (EventLoops probe =
            EventLoops.start(new EventLoops.Config(1, io, RequestThreads.onDefaultScheduler()))) {
          modes.add(new Mode(probe.transport(), true));
        } catch (IllegalStateException e) {
          System.out.println(io + " is not on this machine: " + e.getMessage());
        }
      }
      modes.add(new Mode(null, false));
      return modes;
    }
  }

  public Transport() {
    this(Mode.BEST, 2, config -> config);
  }

  public Transport(Mode mode, int loopCount, UnaryOperator<UpstreamConfig> upstreamConfig) {
    this(mode, loopCount, upstreamConfig, TlsLibrary.best());
  }

  public Transport(
      Mode mode, int loopCount, UnaryOperator<UpstreamConfig> upstreamConfig, TlsLibrary library) {
    RequestThreads threads =
        mode.onLoops() ? RequestThreads.best() : RequestThreads.onDefaultScheduler();
    loops = EventLoops.start(new EventLoops.Config(loopCount, mode.io(), threads));
    upstream =
        new NettyUpstream(loops, upstreamConfig.apply(UpstreamConfig.standard()), () -> library);
  }

  public NettyUpstream upstream() {
    return upstream;
  }

  public EventLoops loops() {
    return loops;
  }

  public HttpListener listen(HttpHandler handler) throws IOException {
    return listen(patient(), handler);
  }

  public HttpListener listen(ListenerConfig config, HttpHandler handler) throws IOException {
    return listen(config, handler, null);
  }

  /**
   * @param tls how connections are encrypted, or null if they are not
   */
  public HttpListener listen(ListenerConfig config, HttpHandler handler, @Nullable ServerTls tls)
      throws IOException {
    HttpListener listener = HttpListener.start(loops, config, handler, tls);
    listeners.add(listener);
    return listener;
  }

  /** A listener's configuration that waits longer than any test. */
  public static ListenerConfig patient() {
    return new ListenerConfig(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        WireLimits.standard(),
        LONG,
        LONG,
        LONG,
        Duration.ofSeconds(2),
        10_000,
        500,
        Http2Limits.standard());
  }

  /** A handler that hands requests to a backend and its answers back. */
  public HttpHandler proxy(Origin origin) {
    return proxy(origin, LONG);
  }

  public HttpHandler proxy(Origin origin, Duration timeout) {
    return request -> {
      try {
        return passedOn(request, origin, timeout);
      } catch (UpstreamException e) {
        return Answers.text(
            e.reason() == UpstreamException.Reason.TIMEOUT ? 504 : 502, e.reason().name());
      }
    };
  }

  private HttpResponse passedOn(HttpRequest request, Origin origin, Duration timeout)
      throws UpstreamException {
    UpstreamResponse response =
        upstream.send(
            new UpstreamRequest(
                request.method(),
                origin,
                request.target(),
                request.headers().toBuilder().remove("Host").build(),
                request.body(),
                timeout));
    return new HttpResponse(response.status(), response.headers(), response.body());
  }

  @Override
  public void close() {
    listeners.forEach(HttpListener::close);
    upstream.close();
    loops.close();
  }
}
