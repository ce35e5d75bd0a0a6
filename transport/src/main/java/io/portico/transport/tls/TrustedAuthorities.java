package io.portico.transport.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Authorities that are trusted besides those that the JDK trusts. */
public final class TrustedAuthorities {
  private final Set<X509Certificate> added;

  private TrustedAuthorities(Set<X509Certificate> added) {
    this.added = added;
  }

  /**
   * Reads them from a file.
   *
   * @param file PEM: a certificate or several, of authorities or of servers themselves
   * @throws UnusableIdentityException if it cannot be read, or holds none or something else as well
   */
  public static TrustedAuthorities of(Path file) throws UnusableIdentityException {
    return new TrustedAuthorities(new LinkedHashSet<>(PemFile.certificates(file)));
  }

  /** Whether the same are trusted. */
  public boolean isSameAs(TrustedAuthorities other) {
    return added.equals(other.added);
  }

  /** What trusts them, and whom the JDK trusts; slow, as those are read. */
  public TrustManagerFactory trust() {
    try {
      KeyStore all = KeyStore.getInstance("PKCS12");
      all.load(null, null);
      for (TrustManager manager : trusting(null).getTrustManagers()) {
        if (manager instanceof X509TrustManager known) {
          for (X509Certificate authority : known.getAcceptedIssuers()) {
            add(authority, all);
          }
        }
      }
      for (X509Certificate authority : added) {
        add(authority, all);
      }
      return trusting(all);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JDK trusts whom it is told to", e);
    }
  }

  private static void add(X509Certificate authority, KeyStore to) throws GeneralSecurityException {
    to.setCertificateEntry(Integer.toString(to.size()), authority);
  }

  /**
   * @param authorities null for those of the JDK
   */
  private static TrustManagerFactory trusting(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(authorities);
    return trust;
  }
}
