package io.portico.gateway.control.sts;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.model.iam.SessionRecord;
import io.portico.gateway.store.Records;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions in roles that a service of AWS has assumed for what it runs, such as Lambda for a
 * function. They last as long as that, and are kept nowhere but in memory.
 */
public final class ServiceSessions {
  private final Records records;
  private final Map<String, SessionRecord> sessions = new ConcurrentHashMap<>();

  /**
   * @param records where roles are
   */
  public ServiceSessions(Records records) {
    this.records = records;
  }

  /**
   * Assumes a role.
   *
   * @param account of what is run. AWS: that of the role is no other; source: documented,
   *     CreateFunction, "CrossAccountPassRole". Here it may be, and gives nothing of its account
   * @param name of the session
   * @throws IllegalArgumentException if it is no role's ARN
   */
  public Credentials open(String account, String roleArn, String name) {
    AssumedRole role = AssumedRole.of(roleArn);
    if (role == null) {
      throw new IllegalArgumentException(roleArn + " is no role's ARN");
    }
    Credentials credentials = NewCredentials.next();
    SessionRecord session =
        records.read(reader -> role.session(reader, account, name, credentials, Instant.MAX, null));
    sessions.put(credentials.accessKeyId(), session);
    return credentials;
  }

  /** Ends a session: its credentials are nobody's. */
  public void close(Credentials credentials) {
    sessions.remove(credentials.accessKeyId());
  }

  Optional<SessionRecord> find(String accessKeyId) {
    return Optional.ofNullable(sessions.get(accessKeyId));
  }
}
