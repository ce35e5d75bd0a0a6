package io.portico.transport.upstream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.portico.gateway.http.ClientIdentity;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.transport.loop.ComputePool;
import io.portico.transport.tls.Alpn;
import io.portico.transport.tls.TlsLibrary;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards backends: the name is sent (SNI) and checked against the certificate. What a
 * handshake computes is done beside the event loops.
 */
final class UpstreamTls implements AutoCloseable {
  /** More than there are client certificates in an account; those of before go in time. */
  private static final int MOST_CONTEXTS = 128;

  private final Duration timeout;
  private final boolean http2;
  private final Supplier<TlsLibrary> library;

  /** The latest used last. */
  private final LinkedHashMap<Kind, SslContext> made = new LinkedHashMap<>(16, 0.75f, true);

  private @Nullable TrustManagerFactory trust;
  private boolean closed;

  /**
   * @param library asked once the first connection is made: it takes a moment to load
   */
  UpstreamTls(UpstreamConfig config, Supplier<TlsLibrary> library) {
    trust = config.trust();
    timeout = config.tlsTimeout();
    http2 = config.http2() != null;
    this.library = library;
  }

  /** What tells contexts apart. */
  private record Kind(boolean verifies, @Nullable ClientIdentity identity) {}

  /**
   * What connections to an origin need; slow the first time, as the JDK's trust is read then.
   *
   * @return held for the caller, who {@link #release}s it
   */
  synchronized SslContext context(Origin origin) {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    Kind kind = new Kind(origin.verifyTls(), origin.identity());
    SslContext context = made.get(kind);
    if (context == null) {
      context = make(kind);
      made.put(kind, context);
      if (made.size() > MOST_CONTEXTS) {
        release(made.pollFirstEntry().getValue());
      }
    }
    return ReferenceCountUtil.retain(context);
  }

  /**
   * Trusts others from now on. Handshakes that have begun go on as they began, and sessions that
   * could be taken up again are forgotten.
   */
  synchronized void trust(TrustManagerFactory chosen) {
    trust = chosen;
    releaseAll();
  }

  /** Ends the hold of a context; connections keep their own of what they are made of. */
  static void release(@Nullable SslContext context) {
    ReferenceCountUtil.release(context);
  }

  private SslContext make(Kind kind) {
    // A trust manager that is not of the JDK's extended kind has names checked around it by the
    // JDK's
    // TLS for certain, by another only where it can wrap it.
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider((kind.verifies() ? library.get() : TlsLibrary.JDK).provider())
            .protocols("TLSv1.3", "TLSv1.2")
            .endpointIdentificationAlgorithm("HTTPS");
    if (http2) {
      builder.applicationProtocolConfig(Alpn.HTTP);
    }
    ClientIdentity identity = kind.identity();
    if (identity != null) {
      builder.keyManager(identity.privateKey(), identity.certificate());
    }
    if (!kind.verifies()) {
      builder.trustManager(new AnyAuthority());
    } else if (trust != null) {
      builder.trustManager(trust);
    }
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalStateException("this machine has no usable TLS", e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    releaseAll();
  }

  private void releaseAll() {
    made.values().forEach(UpstreamTls::release);
    made.clear();
  }

  SslHandler handler(SslContext context, Origin origin, ByteBufAllocator allocator) {
    SslHandler handler =
        context.newHandler(
            allocator, origin.certifiedName(), origin.port(), ComputePool.handshakes());
    handler.setHandshakeTimeoutMillis(timeout.toMillis());
    return handler;
  }

  /**
   * Trusts whoever issued a certificate. Dates are still checked here, and the name by the JDK,
   * which does so around a trust manager that is not of its extended kind.
   */
  private static final class AnyAuthority implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("not a server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      for (X509Certificate certificate : chain) {
        certificate.checkValidity();
      }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
