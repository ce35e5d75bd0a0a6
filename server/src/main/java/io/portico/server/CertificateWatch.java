package io.portico.server;

import io.portico.transport.tls.ServerIdentity;
import io.portico.transport.tls.UnusableIdentityException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a certificate has been renewed: looks at its files now and then, as links are moved
 * and folders mounted over where no notification of the system tells.
 *
 * <p>Files that cannot be used, such as a new certificate whose key is not there yet, change
 * nothing until they change again.
 */
final class CertificateWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
  private static final byte[] NOTHING = {};

  private final Path certificate;
  private final Path key;
  private final Successor successor;
  private final CountDownLatch closed = new CountDownLatch(1);

  private ServerIdentity shown;
  private byte[] certificateSeen = NOTHING;
  private byte[] keySeen = NOTHING;

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
  }

  /** Looks every {@code interval} until closed; never where that is zero. */
  void start(Duration interval) {
    if (interval.isZero()) {
      return;
    }
    Thread.ofVirtual().name("certificate-watch").start(() -> watch(interval.toNanos()));
  }

  private void watch(long nanos) {
    try {
      while (!closed.await(nanos, TimeUnit.NANOSECONDS)) {
        lookAgain();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAgain() {
    try {
      look();
    } catch (RuntimeException e) {
      // A fault in here must not be the last look.
      LOG.error("Looking at the certificate failed", e);
    }
  }

  /** Looks once. */
  void look() {
    byte[] certificateNow = content(certificate);
    byte[] keyNow = content(key);
    if (Arrays.equals(certificateNow, certificateSeen) && Arrays.equals(keyNow, keySeen)) {
      return;
    }
    certificateSeen = certificateNow;
    keySeen = keyNow;
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

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException _) {
      // What is wrong with it is said when it is read to be used.
      return NOTHING;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
