package io.portico.gateway.control;

import io.portico.gateway.compile.DomainNameCompiler;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.model.HostClaimRecord;
import io.portico.gateway.snapshot.DomainNameSnapshot;
import io.portico.gateway.snapshot.PersistentTable;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordReader.Located;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  private DomainTables() {}

  /** Those of every host. */
  static PersistentTable<DomainNameSnapshot> all(RecordReader records) {
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
  static @Nullable DomainNameSnapshot serving(RecordReader records, String host) {
    return records.list(RecordTypes.HOST_CLAIM, host).stream()
        .min(FIRST)
        .flatMap(claim -> records.find(RecordTypes.DOMAIN_NAME, claim.scope(), claim.domainName()))
        .map(domain -> compile(records, domain))
        .orElse(null);
  }

  private static DomainNameSnapshot compile(RecordReader records, DomainNameRecord domain) {
    return DomainNameCompiler.compile(
        domain, records.list(RecordTypes.BASE_PATH_MAPPING, domain.scope() + "/" + domain.key()));
  }
}
