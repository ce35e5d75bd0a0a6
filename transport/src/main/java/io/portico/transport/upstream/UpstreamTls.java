package io.portico.transport.upstream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.portico.gateway.http.UpstreamRequest.Origin;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509TrustManager;

/** TLS towards backends, by the JDK: the name is sent (SNI) and checked against the certificate. */
final class UpstreamTls {
  private final SslContext verifying;
  private final SslContext anyAuthority;
  private final Duration timeout;

  UpstreamTls(UpstreamConfig config) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .endpointIdentificationAlgorithm("HTTPS");
      if (config.trust() != null) {
        builder.trustManager(config.trust());
      }
      verifying = builder.build();
      anyAuthority =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .endpointIdentificationAlgorithm("HTTPS")
              .trustManager(new AnyAuthority())
              .build();
    } catch (SSLException e) {
      throw new IllegalStateException("this JDK has no usable TLS", e);
    }
    timeout = config.tlsTimeout();
  }

  SslHandler handler(Origin origin, ByteBufAllocator allocator) {
    SslContext context = origin.verifyTls() ? verifying : anyAuthority;
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
