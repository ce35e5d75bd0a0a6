package io.portico.gateway.control.sts;

import io.portico.gateway.aws.SignatureHeader;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.control.iam.KeyIds;
import io.portico.gateway.control.iam.KeyStore;
import io.portico.gateway.control.iam.UniqueId;
import io.portico.gateway.control.protocol.CallerResolver.IssuedKey;
import io.portico.gateway.control.protocol.CallerResolver.IssuedKeys;
import io.portico.gateway.model.iam.AccessKeyRecord;
import io.portico.gateway.model.iam.AccessKeyRecord.Use;
import io.portico.gateway.store.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The access keys that were given out: temporary ones, and those of users and roots. */
public final class IssuedAccessKeys implements IssuedKeys {
  /**
   * A key that is in use all the time is not written all the time, though services and regions take
   * turns. AWS: not documented.
   */
  private static final Duration USE_KEPT = Duration.ofMinutes(15);

  private final Records records;
  private final SessionIdentities sessions;
  private final KeyIds made;
  private final Carrier carrier;
  private final Clock clock;

  /**
   * @param sessions know the temporary ones
   * @param made the ids of the others
   * @param carrier of the threads that ask: an event loop does not wait for the store
   * @param clock for when a key was used last
   */
  public IssuedAccessKeys(
      Records records, SessionIdentities sessions, KeyIds made, Carrier carrier, Clock clock) {
    this.records = records;
    this.sessions = sessions;
    this.made = made;
    this.carrier = carrier;
    this.clock = clock;
  }

  @Override
  public @Nullable IssuedKey find(SignatureHeader signature) {
    String id = signature.accessKeyId();
    if (!made.contains(id)) {
      String account = id.startsWith(UniqueId.TEMPORARY_ACCESS_KEY) ? sessions.accountOf(id) : null;
      return account == null ? null : new IssuedKey(account, true);
    }
    carrier.computingForLong();
    Optional<AccessKeyRecord> key = records.read(reader -> KeyStore.find(reader, id));
    key.filter(AccessKeyRecord::isActive).ifPresent(found -> use(found, signature));
    return key.map(found -> new IssuedKey(found.accountId(), found.isActive())).orElse(null);
  }

  private void use(AccessKeyRecord key, SignatureHeader signature) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Use last = key.lastUse();
    if (last != null && last.date().isAfter(now.minus(USE_KEPT))) {
      return;
    }
    String region = signature.region() == null ? "N/A" : signature.region();
    Use use = new Use(now, signature.service(), region);
    records.write(
        writer -> {
          KeyStore.find(writer, key.accessKeyId())
              .ifPresent(found -> KeyStore.put(writer, found.used(use)));
          return key;
        });
  }
}
