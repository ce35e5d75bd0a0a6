package io.portico.gateway.control;

import io.portico.gateway.compile.DomainNameCompiler;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.model.DomainNameRecord.UploadedCertificate;
import io.portico.gateway.model.HostClaimRecord;
import io.portico.gateway.snapshot.DomainNameSnapshot;
import io.portico.gateway.snapshot.PersistentTable;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordReader.Located;
import io.portico.gateway.x509.CertifiedChain;
import io.portico.gateway.x509.PemException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Custom domain names as the data plane looks them up: one a host. */
final class DomainTables {
  /**
   * Who claims a host first has it until he gives it up, so that nobody takes another's calls; a
   * private name, which nobody reaches, is in nobody's way.
   */
  private static final Comparator<HostClaimRecord> FIRST =
      Comparator.comparing(HostClaimRecord::privateOnly)
          .thenComparing(HostClaimRecord::since)
          .thenComparing(HostClaimRecord::key);

  private static final Logger LOG = LoggerFactory.getLogger(DomainTables.class);
  private static final String REGIONAL = "REGIONAL";

  private final DomainCertificates certificates;

  DomainTables(DomainCertificates certificates) {
    this.certificates = certificates;
  }

  /** Those of every host. */
  PersistentTable<DomainNameSnapshot> all(RecordReader records) {
    Set<String> hosts =
        records.all(RecordTypes.HOST_CLAIM).stream()
            .map(Located::key)
            .map(key -> key.parent())
            .collect(Collectors.toSet());
    Map<String, DomainNameSnapshot> domains = new HashMap<>();
    for (String host : hosts) {
      DomainNameSnapshot domain = serving(records, host);
      if (domain != null) {
        domains.put(host, domain);
      }
    }
    return PersistentTable.of(domains);
  }

  /** The domain name that has a host, or null. */
  @Nullable DomainNameSnapshot serving(RecordReader records, String host) {
    return records.list(RecordTypes.HOST_CLAIM, host).stream()
        .min(FIRST)
        .flatMap(claim -> records.find(RecordTypes.DOMAIN_NAME, claim.scope(), claim.domainName()))
        .map(domain -> compile(records, domain))
        .orElse(null);
  }

  private DomainNameSnapshot compile(RecordReader records, DomainNameRecord domain) {
    return DomainNameCompiler.compile(
        domain,
        records.list(RecordTypes.ROUTING_RULE, domain.scope() + "/" + domain.key()),
        records.list(RecordTypes.BASE_PATH_MAPPING, domain.scope() + "/" + domain.key()),
        certificate(records, domain));
  }

  /** That of the regional endpoint, where there are two. */
  private @Nullable CertifiedChain certificate(RecordReader records, DomainNameRecord domain) {
    try {
      if (domain.endpointConfiguration().types().contains(REGIONAL)) {
        return found(records, domain.regionalCertificateArn());
      }
      UploadedCertificate uploaded = domain.uploadedCertificate();
      return uploaded == null
          ? found(records, domain.certificateArn())
          : CertifiedChain.read(
              uploaded.certificate(), uploaded.certificateChain(), uploaded.privateKey());
    } catch (PemException e) {
      LOG.error("the certificate of {} cannot be read", domain.domainName(), e);
      return null;
    }
  }

  private @Nullable CertifiedChain found(RecordReader records, @Nullable String arn)
      throws PemException {
    return arn == null ? null : certificates.find(records, arn);
  }
}
