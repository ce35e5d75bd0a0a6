package io.portico.gateway.control.domains;

import io.portico.gateway.control.Publisher;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The records of custom domain names, with those that come and go with them. */
public final class StoredDomainNames {
  private StoredDomainNames() {}

  /**
   * Stores a new one.
   *
   * @throws ServiceException if another one is in its way
   */
  public static void add(
      RecordWriter records, Publisher publisher, DomainNameRecord domain, Instant now) {
    HostClaims.add(records, domain, now);
    store(records, publisher, domain);
  }

  /**
   * Stores one that has changed.
   *
   * @throws ServiceException if another one is in its way now
   */
  public static void put(RecordWriter records, Publisher publisher, DomainNameRecord domain) {
    if (!domain.privateOnly()) {
      HostClaims.checkSameName(records, domain);
    }
    MixedMappings.checkMode(records, domain);
    store(records, publisher, domain);
  }

  private static void store(RecordWriter records, Publisher publisher, DomainNameRecord domain) {
    records.put(RecordTypes.DOMAIN_NAME, domain.scope(), domain.key(), domain);
    publisher.domainNameChanged(records, domain.domainName());
  }

  /**
   * One of a caller's.
   *
   * @param id of a private one, as several may have the same name; null or empty for any other
   * @throws ServiceException if there is none such
   */
  // AWS: source: reported by users of AWS's clients.
  public static DomainNameRecord find(
      RecordReader records, Caller caller, String name, @Nullable String id) {
    return records
        .find(
            RecordTypes.DOMAIN_NAME,
            caller.scope(),
            id == null || id.isEmpty() ? name : name + "+" + id)
        .filter(domain -> domain.domainName().equals(name))
        .orElseThrow(DomainNameRules::unknown);
  }

  /** Deletes one with what its paths lead to. */
  public static void delete(RecordWriter records, Publisher publisher, DomainNameRecord domain) {
    DomainRoutingRules.deleteAll(records, domain);
    DomainMappings.deleteAll(records, domain);
    HostClaims.remove(records, domain);
    records.delete(RecordTypes.DOMAIN_NAME, domain.scope(), domain.key());
    publisher.domainNameChanged(records, domain.domainName());
  }

  /** Whether there may be as many as there are with one that was added. */
  public static void checkQuota(RecordReader records, Quotas quotas, DomainNameRecord domain) {
    quotas.check(
        domain.privateOnly() ? Quota.PRIVATE_DOMAIN_NAMES : Quota.DOMAIN_NAMES,
        domain.scope(),
        () ->
            records.list(RecordTypes.DOMAIN_NAME, domain.scope()).stream()
                .filter(each -> each.privateOnly() == domain.privateOnly())
                .count());
  }
}
