package io.portico.server;

import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.DomainNameSnapshot;
import io.portico.gateway.x509.CertifiedChain;
import io.portico.transport.tls.HostIdentities;
import io.portico.transport.tls.ServerIdentity;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The certificates of custom domain names, as they are served at this moment. */
final class DomainIdentities implements HostIdentities {
  private final CurrentSnapshot snapshot;
  private final Predicate<String> kept;

  /**
   * @param kept which hosts are no custom domain names, although a wildcard may cover them
   */
  DomainIdentities(CurrentSnapshot snapshot, Predicate<String> kept) {
    this.snapshot = snapshot;
    this.kept = kept;
  }

  @Override
  public @Nullable Named find(String host) {
    DomainNameSnapshot domain = snapshot.get().domain(host);
    CertifiedChain shown = domain == null ? null : domain.certificate();
    if (domain == null || shown == null || isKept(host)) {
      return null;
    }
    return new Named(
        domain.domainName(),
        shown.fingerprint(),
        new ServerIdentity(shown.chain(), shown.privateKey()));
  }

  /** A wildcard, by which it is found again, is no host. */
  private boolean isKept(String host) {
    return !host.startsWith("*") && kept.test(host);
  }
}
