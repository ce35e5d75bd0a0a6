package io.portico.gateway.control.sts;

import io.portico.gateway.store.Records;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What every family of STS works with. */
public record StsEnvironment(Records records, Clock clock) {

  /** Now, to the second: AWS's dates have no fractions. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
