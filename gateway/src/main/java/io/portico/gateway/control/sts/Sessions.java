package io.portico.gateway.control.sts;

import io.portico.gateway.model.iam.SessionRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordType;
import io.portico.gateway.store.RecordWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The temporary credentials that were given out. They are forgotten a day after they expired: until
 * then it can be said of them that they did.
 */
final class Sessions {
  /** Parent: empty; id: the access key id. */
  private static final RecordType<SessionRecord> SESSION =
      new RecordType<>("sts-session", SessionRecord.class);

  /** The same in the order in which they expire. Parent: empty; id: {@link #expiry}. */
  private static final RecordType<SessionRecord> BY_EXPIRY =
      new RecordType<>("sts-session-expiry", SessionRecord.class);

  private static final String PARENT = "";
  private static final Duration KEPT = Duration.ofDays(1);

  /** More than one, so that the forgotten ones become fewer. */
  private static final int FORGOTTEN_AT_ONCE = 10;

  private Sessions() {}

  /**
   * The session of a key.
   *
   * @param services whose sessions are not stored
   */
  static Optional<SessionRecord> find(
      RecordReader records, ServiceSessions services, @Nullable String accessKeyId) {
    return accessKeyId == null
        ? Optional.empty()
        : services.find(accessKeyId).or(() -> records.find(SESSION, PARENT, accessKeyId));
  }

  static void add(RecordWriter records, SessionRecord session, Instant now) {
    for (SessionRecord old : records.list(BY_EXPIRY, PARENT, "", FORGOTTEN_AT_ONCE)) {
      if (old.expiration().plus(KEPT).isBefore(now)) {
        records.delete(BY_EXPIRY, PARENT, expiry(old));
        records.delete(SESSION, PARENT, old.accessKeyId());
      }
    }
    records.put(SESSION, PARENT, session.accessKeyId(), session);
    records.put(BY_EXPIRY, PARENT, expiry(session), session.withoutSecrets());
  }

  private static String expiry(SessionRecord session) {
    return "%012d/%s".formatted(session.expiration().getEpochSecond(), session.accessKeyId());
  }
}
