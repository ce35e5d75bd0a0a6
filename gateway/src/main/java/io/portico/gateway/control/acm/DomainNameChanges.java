package io.portico.gateway.control.acm;

import io.portico.gateway.store.RecordWriter;

/** Hears of domain names whose certificate has become another one. */
@FunctionalInterface
public interface DomainNameChanges {

  /**
   * Said within the transaction that changes the certificate.
   *
   * @param host the domain name
   */
  void changed(RecordWriter records, String host);
}
