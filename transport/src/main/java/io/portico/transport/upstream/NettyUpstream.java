package io.portico.transport.upstream;

import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.transport.body.IncomingBody;
import io.portico.transport.loop.EventLoops;
import io.portico.transport.loop.Loop;
import io.portico.transport.tls.TlsLibrary;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;

/**
 * Client of HTTP/1.1 with keep-alive, and of HTTP/2 where the backend offers it, on Netty. A
 * request uses its own event loop's connections, so that between client and backend nothing crosses
 * threads; callers that belong to no loop get one.
 */
public final class NettyUpstream implements Upstream, AutoCloseable {
  private static final long CLOSE_SECONDS = 5;

  private final EventLoops loops;
  private final HostAddresses addresses = new HostAddresses();

  /** By the loops' index. */
  private final List<LoopPools> pools;

  /** The same, of {@link #apart}. */
  private final List<LoopPools> poolsApart;

  private final UpstreamTls tls;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** One that does TLS by the best library of this machine. */
  public NettyUpstream(EventLoops loops, UpstreamConfig config) {
    this(loops, config, TlsLibrary::best);
  }

  /** One that does TLS by a library of one's choice. */
  public NettyUpstream(EventLoops loops, UpstreamConfig config, Supplier<TlsLibrary> library) {
    this.loops = loops;
    tls = new UpstreamTls(config, library);
    pools = pools(config);
    poolsApart = pools(config);
  }

  private List<LoopPools> pools(UpstreamConfig config) {
    return loops.all().stream()
        .map(
            loop ->
                new LoopPools(
                    loop, new Connector(loop, loops.transport(), config, tls, addresses), config))
        .toList();
  }

  @Override
  public UpstreamResponse send(UpstreamRequest request) throws UpstreamException {
    return send(request, pools);
  }

  private UpstreamResponse send(UpstreamRequest request, List<LoopPools> by)
      throws UpstreamException {
    UpstreamCall call = new UpstreamCall(request, by.get(loopOf(request).index()));
    return call.await();
  }

  /**
   * The same client by connections of their own, with bounds of their own: what is sent by it waits
   * for nothing that is sent without it. It is closed with this one.
   */
  public Upstream apart() {
    return request -> send(request, poolsApart);
  }

  /** Trusts whom {@code trust} does from now on; connections that are there stay. */
  public void trust(TrustManagerFactory trust) {
    tls.trust(trust);
  }

  private Loop loopOf(UpstreamRequest request) {
    Loop own = Loop.ofCurrentThread();
    if (own == null && request.body() instanceof IncomingBody body) {
      return body.loop();
    }
    return own != null ? own : loops.current();
  }

  /** Closes all connections; calls under way end with {@code CONNECTION_LOST}. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    List<LoopPools> all = Stream.concat(pools.stream(), poolsApart.stream()).toList();
    CountDownLatch poolsClosed = new CountDownLatch(all.size());
    all.forEach(pool -> pool.loop().execute(() -> pool.close(poolsClosed::countDown)));
    try {
      poolsClosed.await(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    addresses.close();
    tls.close();
  }
}
