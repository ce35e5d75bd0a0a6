package io.portico.server;

import io.portico.transport.tls.ServerIdentity;
import io.portico.transport.tls.UnusableIdentityException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a certificate has been renewed.
 *
 * <p>Files that cannot be used, such as a new certificate whose key is not there yet, change
 * nothing until they change again.
 */
final class CertificateWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

  private final Path certificate;
  private final Path key;
  private final Successor successor;
  private final FileWatch files;

  private ServerIdentity shown;

  /** Takes the place of what was shown before. */
  @FunctionalInterface
  interface Successor {
    void shown(ServerIdentity identity) throws UnusableIdentityException;
  }

  /**
   * A watch over two files.
   *
   * @param shown what they have been found to hold
   */
  CertificateWatch(Path certificate, Path key, ServerIdentity shown, Successor successor) {
    this.certificate = certificate;
    this.key = key;
    this.shown = shown;
    this.successor = successor;
    this.files = new FileWatch(List.of(certificate, key), this::changed);
  }

  /** Looks every {@code interval} until closed; never where that is zero. */
  void start(Duration interval) {
    files.start("certificate-watch", interval);
  }

  /** Looks once. */
  void look() {
    files.look();
  }

  private void changed() {
    try {
      ServerIdentity found = ServerIdentity.of(certificate, key);
      if (!found.isSameAs(shown)) {
        successor.shown(found);
        shown = found;
      }
    } catch (UnusableIdentityException e) {
      LOG.warn("HTTPS goes on with the certificate it has: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    files.close();
  }
}
