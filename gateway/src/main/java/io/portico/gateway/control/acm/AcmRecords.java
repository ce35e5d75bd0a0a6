package io.portico.gateway.control.acm;

import io.portico.gateway.control.domains.Certificates.Origin;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.model.acm.AuthorityRecord;
import io.portico.gateway.model.acm.CertificateRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordType;
import io.portico.gateway.store.RecordWriter;
import io.portico.gateway.x509.CertifiedChain;
import io.portico.gateway.x509.PemException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of Certificate Manager's records and where they stand. */
public final class AcmRecords {
  /** Parent {@code account/region}; the id is the last part of the ARN. */
  static final RecordType<CertificateRecord> CERTIFICATE =
      new RecordType<>("acm-certificate", CertificateRecord.class);

  /** Parent: empty; the id is {@code authority}. */
  static final RecordType<AuthorityRecord> AUTHORITY =
      new RecordType<>("acm-authority", AuthorityRecord.class);

  private static final Pattern ARN =
      Pattern.compile("arn:[^:]+:acm:([^:]+):(\\d+):certificate/([^/]+)");

  private AcmRecords() {}

  static String arn(Caller caller, String id) {
    return "arn:aws:acm:%s:%s:certificate/%s".formatted(caller.region(), caller.accountId(), id);
  }

  /**
   * Where the certificate of an ARN, of whatever account and region, is from.
   *
   * @param now when it must be in force
   */
  public static Origin origin(RecordReader records, String arn, Instant now) {
    return find(records, arn)
        .filter(certificate -> new CertificateReply(certificate, now).isIssued())
        .map(certificate -> certificate.isImported() ? Origin.IMPORTED : Origin.ISSUED_BY_ACM)
        .orElse(Origin.NONE);
  }

  private static Optional<CertificateRecord> find(RecordReader records, String arn) {
    Matcher parts = ARN.matcher(arn);
    return parts.matches()
        ? records.find(CERTIFICATE, parts.group(2) + "/" + parts.group(1), parts.group(3))
        : Optional.empty();
  }

  /**
   * What a server shows that has the certificate of an ARN, of whatever account and region; or null
   * where there is none.
   *
   * @throws PemException if it cannot be read
   */
  public static @Nullable CertifiedChain shown(RecordReader records, String arn)
      throws PemException {
    CertificateRecord found = find(records, arn).orElse(null);
    return found == null
        ? null
        : CertifiedChain.read(found.certificate(), found.certificateChain(), found.privateKey());
  }

  /** The caller's certificate that a call names. */
  static CertificateRecord find(RecordReader records, OperationCall call) {
    return find(records, call.caller(), call.input().string("CertificateArn"));
  }

  static CertificateRecord find(RecordReader records, Caller caller, String arn) {
    Matcher parts = ARN.matcher(arn);
    return Optional.of(parts)
        .filter(Matcher::matches)
        .filter(own -> caller.scope().equals(own.group(2) + "/" + own.group(1)))
        .flatMap(own -> records.find(CERTIFICATE, caller.scope(), own.group(3)))
        .orElseThrow(() -> AcmErrors.notFound(arn, caller.accountId()));
  }

  static void put(RecordWriter records, Caller caller, CertificateRecord certificate) {
    records.put(CERTIFICATE, caller.scope(), id(certificate), certificate);
  }

  static String id(CertificateRecord certificate) {
    return certificate.arn().substring(certificate.arn().lastIndexOf('/') + 1);
  }
}
