package io.portico.gateway.control.domains;

import io.portico.gateway.store.RecordReader;

/** What ACM knows of certificates, for domain names that refer to them. */
@FunctionalInterface
public interface Certificates {
  /**
   * Whether there is a certificate, and it is issued.
   *
   * @param records of the transaction that refers to it
   * @param arn well-formed
   */
  boolean isIssued(RecordReader records, String arn);
}
