package io.portico.gateway.control.v1;

import io.portico.gateway.compile.SnapshotCompiler;
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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * What every family works with.
 *
 * @param records where the configuration lives
 * @param publisher told of every changed stage, within the transaction that changes it
 * @param clock for the dates in records
 * @param ids for new records
 * @param accountThrottle what holds for each account in a region, over all its APIs
 * @param quotas of AWS, and what is done where one is exceeded
 * @param compiler makes methods ready to be tested
 * @param testRuns calls them
 * @param authorizers those that serve
 * @param metering knows what API keys have used
 * @param caches keep answers of stages
 * @param controlHosts names that stay the control plane's
 * @param certificates what ACM knows
 */
public record V1Environment(
    Records records,
    Publisher publisher,
    Clock clock,
    IdSource ids,
    ThrottleSettings accountThrottle,
    Quotas quotas,
    SnapshotCompiler compiler,
    TestRuns testRuns,
    RunningAuthorizers authorizers,
    Metering metering,
    StageCaches caches,
    ControlHosts controlHosts,
    Certificates certificates) {

  private static final int LENGTH = 6;

  /** The quotas as they bound an API. */
  ApiQuotas apiQuotas() {
    return new ApiQuotas(quotas);
  }

  /** Now, to the second: AWS's dates have no fractions. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Today, by UTC. */
  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /** An id that no record of the type and parent has. */
  String newId(RecordReader records, RecordType<?> type, String parent) {
    return newId(records, type, parent, LENGTH);
  }

  /** An id of that length that no record of the type and parent has. */
  String newId(RecordReader records, RecordType<?> type, String parent, int length) {
    return ids.next(records, type, parent, length);
  }

  /** An id for what belongs to a new API. */
  String newId() {
    return ids.next(LENGTH);
  }
}
