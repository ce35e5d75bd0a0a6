package io.portico.gateway.control.domains;

import io.portico.gateway.control.IdSource;
import io.portico.gateway.control.Publisher;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.model.BasePathMappingRecord;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.List;
import java.util.Optional;

/**
 * What the paths of custom domain names lead to: the <b>base path mappings</b> of v1, which v2
 * calls <b>API mappings</b>.
 */
public final class DomainMappings {
  private static final int ID_LENGTH = 6;

  private DomainMappings() {}

  /** The parent of a domain name's mappings. */
  public static String parent(DomainNameRecord domain) {
    return domain.scope() + "/" + domain.key();
  }

  /** All of a domain name, ordered by base path. */
  public static List<BasePathMappingRecord> of(RecordReader records, DomainNameRecord domain) {
    return records.list(RecordTypes.BASE_PATH_MAPPING, parent(domain));
  }

  /** The one of a base path. */
  public static Optional<BasePathMappingRecord> find(
      RecordReader records, DomainNameRecord domain, String basePath) {
    return records.find(RecordTypes.BASE_PATH_MAPPING, parent(domain), basePath);
  }

  /** An id that no mapping of the domain name has. */
  public static String newId(RecordReader records, DomainNameRecord domain, IdSource ids) {
    List<BasePathMappingRecord> known = of(records, domain);
    while (true) {
      String id = ids.next(ID_LENGTH);
      if (known.stream().noneMatch(mapping -> id.equals(id(mapping)))) {
        return id;
      }
    }
  }

  /** The id of one; made of its key where it was stored without. */
  public static String id(BasePathMappingRecord mapping) {
    String id = mapping.id();
    return id == null ? Integer.toString(mapping.key().hashCode() & Integer.MAX_VALUE, 36) : id;
  }

  /**
   * Puts one in place of that of its base path; calls go by it from the commit on.
   *
   * @throws io.portico.gateway.control.protocol.ServiceException if it does not go with the routing
   *     mode and the other mappings of its domain name
   */
  public static void put(
      RecordWriter records,
      Publisher publisher,
      DomainNameRecord domain,
      BasePathMappingRecord mapping) {
    records.put(RecordTypes.BASE_PATH_MAPPING, parent(domain), mapping.basePath(), mapping);
    records.put(RecordTypes.MAPPING_OF_API, mapping.restApiId(), mapping.key(), mapping);
    MixedMappings.checkMode(records, domain);
    publisher.domainNameChanged(records, domain.domainName());
  }

  /** Deletes one; whoever calls tells the publisher. */
  public static void delete(
      RecordWriter records, DomainNameRecord domain, BasePathMappingRecord mapping) {
    records.delete(RecordTypes.BASE_PATH_MAPPING, parent(domain), mapping.basePath());
    records.delete(RecordTypes.MAPPING_OF_API, mapping.restApiId(), mapping.key());
  }

  /** Deletes all of a domain name that is deleted. */
  public static void deleteAll(RecordWriter records, DomainNameRecord domain) {
    of(records, domain).forEach(mapping -> delete(records, domain, mapping));
  }
}
