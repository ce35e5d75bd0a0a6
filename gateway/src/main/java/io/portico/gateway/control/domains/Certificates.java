package io.portico.gateway.control.domains;

import io.portico.gateway.store.RecordReader;

/** What ACM knows of certificates, for domain names that refer to them. */
@FunctionalInterface
public interface Certificates {
  /** Where a certificate that can be used is from. */
  enum Origin {
    /** There is none, or it is not in force. */
    NONE,
    IMPORTED,
    /** A public one, which shows that its names belong to whom it was issued for. */
    ISSUED_BY_ACM
  }

  /**
   * Where a certificate is from.
   *
   * @param records of the transaction that refers to it
   * @param arn well-formed
   */
  Origin origin(RecordReader records, String arn);
}
