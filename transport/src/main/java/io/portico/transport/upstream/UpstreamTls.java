package io.portico.transport.upstream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.transport.tls.Alpn;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS towards backends, by the JDK: the name is sent (SNI) and checked against the certificate. */
final class UpstreamTls {
  private final @Nullable TrustManagerFactory trust;
  private final Duration timeout;
  private final boolean http2;
  private @Nullable SslContext verifying;
  private @Nullable SslContext anyAuthority;

  UpstreamTls(UpstreamConfig config) {
    trust = config.trust();
    timeout = config.tlsTimeout();
    http2 = config.http2() != null;
  }

  /** What connections to an origin need; slow the first time, as the JDK's trust is read then. */
  synchronized SslContext context(Origin origin) {
    SslContext made = origin.verifyTls() ? verifying : anyAuthority;
    if (made != null) {
      return made;
    }
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .endpointIdentificationAlgorithm("HTTPS");
    if (http2) {
      builder.applicationProtocolConfig(Alpn.HTTP);
    }
    try {
      if (!origin.verifyTls()) {
        made = builder.trustManager(new AnyAuthority()).build();
        anyAuthority = made;
      } else {
        made = (trust == null ? builder : builder.trustManager(trust)).build();
        verifying = made;
      }
      return made;
    } catch (SSLException e) {
      throw new IllegalStateException("this JDK has no usable TLS", e);
    }
  }

  SslHandler handler(SslContext context, Origin origin, ByteBufAllocator allocator) {
    SslHandler handler = context.newHandler(allocator, origin.host(), origin.port());
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
