package io.portico.gateway.control.v2;

import io.portico.gateway.control.IdSource;
import io.portico.gateway.control.Publisher;
import io.portico.gateway.control.domains.Certificates;
import io.portico.gateway.control.protocol.ControlHosts;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.control.rules.ApiQuotas;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordType;
import io.portico.gateway.store.Records;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What every family works with.
 *
 * @param records where the configuration lives
 * @param publisher told of what changes, within the transaction that changes it
 * @param clock for the dates in records
 * @param ids for new records
 * @param quotas of AWS, and what is done where one is exceeded
 * @param controlHosts names that stay the control plane's
 * @param certificates what ACM knows
 * @param authorizers keep what authorizers have answered
 */
public record V2Environment(
    Records records,
    Publisher publisher,
    Clock clock,
    IdSource ids,
    Quotas quotas,
    ControlHosts controlHosts,
    Certificates certificates,
    AuthorizerCaches authorizers) {

  /** The quotas as they bound what belongs to an API. */
  ApiQuotas apiQuotas() {
    return new ApiQuotas(quotas);
  }

  /** Now, to the second: AWS's dates have no fractions. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** An id of that length that no record of the type and parent has. */
  String newId(RecordReader records, RecordType<?> type, String parent, int length) {
    String id = ids.next(length);
    while (records.find(type, parent, id).isPresent()) {
      id = ids.next(length);
    }
    return id;
  }
}
