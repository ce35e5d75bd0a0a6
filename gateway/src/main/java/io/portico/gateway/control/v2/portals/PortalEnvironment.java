package io.portico.gateway.control.v2.portals;

import io.portico.gateway.control.IdSource;
import io.portico.gateway.control.domains.Certificates;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.control.rules.ApiQuotas;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordType;
import io.portico.gateway.store.Records;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What every family of portals works with.
 *
 * @param records where the configuration lives
 * @param clock for the dates in records
 * @param ids for new records
 * @param quotas of AWS, and what is done where one is exceeded
 * @param certificates what ACM knows
 */
public record PortalEnvironment(
    Records records, Clock clock, IdSource ids, Quotas quotas, Certificates certificates) {

  // AWS: ids have ten characters or more; source: its model.
  private static final int ID_LENGTH = 10;

  ApiQuotas apiQuotas() {
    return new ApiQuotas(quotas);
  }

  /** Now, to the second: AWS's dates have no fractions. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** An id that no record of the type and parent has. */
  String newId(RecordReader reader, RecordType<?> type, String parent) {
    return ids.next(reader, type, parent, ID_LENGTH);
  }
}
