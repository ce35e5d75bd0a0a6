package io.portico.gateway.control;

import io.portico.gateway.store.RecordReader;
import io.portico.gateway.x509.CertifiedChain;
import io.portico.gateway.x509.PemException;
import org.jspecify.annotations.Nullable;

/** Certificates that domain names refer to, wherever they are kept. */
@FunctionalInterface
public interface DomainCertificates {
  /**
   * The certificate of an ARN, or null where there is none.
   *
   * @throws PemException if it cannot be read
   */
  @Nullable CertifiedChain find(RecordReader records, String arn) throws PemException;
}
