package io.portico.gateway.control.acm;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordReader.Located;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who uses certificates: custom domain names of API Gateway. */
final class CertificateUse {
  private CertificateUse() {}

  /** The ARNs of the domain names that have a certificate, whatever their region. */
  // AWS: names what API Gateway keeps behind them; that it is their own ARNs is assumed.
  static List<String> of(RecordReader records, String certificateArn) {
    return domains(records, certificateArn).map(CertificateUse::arn).toList();
  }

  /** The hosts of the domain names that have a certificate. */
  static Set<String> hosts(RecordReader records, String certificateArn) {
    return domains(records, certificateArn)
        .map(DomainNameRecord::domainName)
        .collect(Collectors.toSet());
  }

  private static Stream<DomainNameRecord> domains(RecordReader records, String certificateArn) {
    return records.all(RecordTypes.DOMAIN_NAME).stream()
        .map(Located::value)
        .filter(domain -> certificates(domain).anyMatch(certificateArn::equals));
  }

  /** The ARNs of all certificates that something uses. */
  static Set<String> used(RecordReader records) {
    return records.all(RecordTypes.DOMAIN_NAME).stream()
        .map(Located::value)
        .flatMap(CertificateUse::certificates)
        .collect(Collectors.toSet());
  }

  private static Stream<String> certificates(DomainNameRecord domain) {
    return Stream.of(
            domain.certificateArn(),
            domain.regionalCertificateArn(),
            domain.ownershipVerificationCertificateArn())
        .filter(Objects::nonNull);
  }

  private static String arn(DomainNameRecord domain) {
    // AWS: that of a private one has its account; source: documented, "ARN format reference".
    return "arn:aws:apigateway:%s:%s:/domainnames/%s"
        .formatted(domain.region(), domain.privateOnly() ? domain.accountId() : "", domain.key());
  }
}
