package io.portico.gateway.control.iam;

import io.portico.gateway.store.Records;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What every family of IAM works with.
 *
 * @param keyIds of all access keys that were made
 */
public record IamEnvironment(Records records, Clock clock, KeyIds keyIds) {

  /** Now, to the second: AWS's dates have no fractions. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
