package io.portico.gateway.control.sts;

import io.portico.gateway.model.iam.SessionRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.Records;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every family of STS works with.
 *
 * @param services the sessions that AWS's services have
 */
public record StsEnvironment(Records records, ServiceSessions services, Clock clock) {

  /** The session of a key, if it is one's. */
  Optional<SessionRecord> session(RecordReader reader, @Nullable String accessKeyId) {
    return Sessions.find(reader, services, accessKeyId);
  }

  /** Now, to the second: AWS's dates have no fractions. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
