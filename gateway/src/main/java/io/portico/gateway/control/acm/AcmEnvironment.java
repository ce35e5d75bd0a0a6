package io.portico.gateway.control.acm;

import io.portico.gateway.store.Records;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What every family works with.
 *
 * @param records where certificates live
 * @param authority who issues them
 * @param clock for the dates in them
 * @param domainNames hears of those whose certificate has become another one
 */
public record AcmEnvironment(
    Records records, LocalAuthority authority, Clock clock, DomainNameChanges domainNames) {

  /** Now, to the second: certificates know no fractions. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
