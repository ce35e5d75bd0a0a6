package io.portico.gateway.control.acm;

import io.portico.gateway.model.acm.AuthorityRecord;
import io.portico.gateway.store.Records;
import io.portico.gateway.store.StoreException;
import io.portico.gateway.x509.CertificateAuthority;
import io.portico.gateway.x509.CertificateContent;
import io.portico.gateway.x509.CertificateContent.Purpose;
import io.portico.gateway.x509.CertifiedKey;
import io.portico.gateway.x509.KeyKind;
import io.portico.gateway.x509.Pem;
import io.portico.gateway.x509.PemException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The authority that issues certificates in the place of Amazon's. It is made when it is first
 * needed, and kept for good: who trusts its certificate trusts all that it issues.
 */
public final class LocalAuthority {
  private static final String ID = "authority";
  private static final String SUBJECT = "O=Portico,CN=Portico local CA";
  private static final Duration VALIDITY = Duration.ofDays(3_650);

  /** What it issues on its first day is valid from that day's beginning on. */
  private static final Duration BACKDATED = Duration.ofDays(1);

  private final Records records;
  private final Clock clock;

  public LocalAuthority(Records records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  /** Its certificate; made now if there was none. */
  public X509Certificate certificate() {
    return own().certificate();
  }

  /** A new key with a certificate for a server, valid from the beginning of this day on. */
  CertifiedKey issue(String subject, List<String> names, Duration validity, KeyKind kind) {
    Instant day = clock.instant().truncatedTo(ChronoUnit.DAYS);
    return new CertificateAuthority(own(), KeyKind.RSA_2048)
        .issue(
            new CertificateContent(subject, names, Purpose.SERVER, day, day.plus(validity)), kind);
  }

  private CertifiedKey own() {
    Optional<AuthorityRecord> kept =
        records.read(reader -> reader.find(AcmRecords.AUTHORITY, "", ID));
    return read(kept.orElseGet(this::make));
  }

  /** Whoever comes second takes what the first one has made. */
  private AuthorityRecord make() {
    Instant now = clock.instant();
    CertifiedKey made =
        CertificateAuthority.selfSigned(
            new CertificateContent(
                SUBJECT, List.of(), Purpose.AUTHORITY, now.minus(BACKDATED), now.plus(VALIDITY)),
            KeyKind.RSA_2048);
    AuthorityRecord record =
        new AuthorityRecord(Pem.of(made.certificate()), Pem.of(made.privateKey()));
    return records.write(
        writer -> {
          AuthorityRecord first = writer.find(AcmRecords.AUTHORITY, "", ID).orElse(null);
          if (first != null) {
            return first;
          }
          writer.put(AcmRecords.AUTHORITY, "", ID, record);
          return record;
        });
  }

  private static CertifiedKey read(AuthorityRecord record) {
    try {
      return Pem.certifiedKey(record.certificate(), record.privateKey());
    } catch (PemException e) {
      throw new StoreException("the stored authority cannot be read: " + e.getMessage(), e);
    }
  }
}
