package io.portico.transport.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import org.jspecify.annotations.Nullable;

/** What does TLS, the fastest first. */
public enum TlsLibrary {
  /** Google's library, native and about three times as fast as the JDK's. */
  BORINGSSL("BoringSSL", SslProvider.OPENSSL_REFCNT) {
    @Override
    @Nullable Throwable obstacle() {
      return OpenSsl.isAvailable() ? null : OpenSsl.unavailabilityCause();
    }
  },

  /** The JDK's: everywhere. */
  JDK("the JDK", SslProvider.JDK) {
    @Override
    @Nullable Throwable obstacle() {
      return null;
    }
  };

  private final String label;
  private final SslProvider provider;

  TlsLibrary(String label, SslProvider provider) {
    this.label = label;
    this.provider = provider;
  }

  /** The best one that works on this machine. */
  public static TlsLibrary best() {
    return BORINGSSL.obstacle() == null ? BORINGSSL : JDK;
  }

  /** The best one and why, for people. */
  public static String choice() {
    Throwable obstacle = BORINGSSL.obstacle();
    return obstacle == null
        ? BORINGSSL.label + ", as it works here"
        : JDK.label + "; no BoringSSL: " + root(obstacle);
  }

  /** Why this machine cannot use it, or null. */
  abstract @Nullable Throwable obstacle();

  /** As Netty names it. */
  public SslProvider provider() {
    return provider;
  }

  private static String root(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    return message.lines().findFirst().orElse(message);
  }
}
