package io.portico.gateway.control.v1;

import io.portico.gateway.control.Publisher;
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
 * @param publisher told of every changed stage, within the transaction that changes it
 * @param clock for the dates in records
 * @param ids for new records
 */
public record V1Environment(Records records, Publisher publisher, Clock clock, IdSource ids) {

  /** Now, to the second: AWS's dates have no fractions. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** An id that no record of the type and parent has. */
  String newId(RecordReader records, RecordType<?> type, String parent) {
    String id = newId();
    while (records.find(type, parent, id).isPresent()) {
      id = newId();
    }
    return id;
  }

  /** An id for what belongs to a new API. */
  String newId() {
    return ids.next(6);
  }
}
