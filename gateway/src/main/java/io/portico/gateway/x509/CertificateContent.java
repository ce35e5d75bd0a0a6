package io.portico.gateway.x509;

import java.time.Instant;
import java.util.List;

/**
 * What a certificate is to say.
 *
 * @param subject a distinguished name, such as {@code C=US,CN=example.com}, written into the
 *     certificate in this order
 * @param names whom it is for beside that: host names, {@code *.} before some; may be empty
 * @param purpose what it may be used for
 * @param from when it begins to be valid; certificates know seconds only
 * @param until when it ends
 */
public record CertificateContent(
    String subject, List<String> names, Purpose purpose, Instant from, Instant until) {

  /** What a certificate may be used for. */
  public enum Purpose {
    /** To sign other certificates, which may not do the same. */
    AUTHORITY,
    /** To show clients who a server is. */
    SERVER,
    /** To show servers who a client is. */
    CLIENT
  }
}
