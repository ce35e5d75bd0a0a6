package io.portico.gateway.control.sts;

import io.portico.gateway.aws.AwsPrincipal;
import io.portico.gateway.control.iam.KeyOwner;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.iam.SessionRecord;
import io.portico.gateway.store.RecordReader;
import java.time.Instant;
import java.util.Optional;

/**
 * Who calls: whoever temporary credentials stand for, or the user whose access key it is, else the
 * account itself.
 *
 * @param userId the account's number, a user's id, or an id and a name of a session
 * @param temporary whether it is a role's session
 */
record Identity(String account, String arn, String userId, boolean temporary) {

  /**
   * @throws ServiceException {@code ExpiredToken}, or {@code InvalidClientTokenId} of a key that
   *     has just ceased to be good
   */
  static Identity of(ServiceSessions services, RecordReader records, Caller caller, Instant now) {
    Optional<SessionRecord> session = Sessions.find(records, services, caller.accessKeyId());
    if (session.isEmpty()) {
      return ofKey(records, caller);
    }
    SessionRecord found = session.get();
    if (!found.expiration().isAfter(now)) {
      // AWS: source: reported by users of AWS's clients.
      throw new ServiceException(
          "ExpiredToken", 403, "The security token included in the request is expired");
    }
    return new Identity(
        found.accountId(), found.arn(), found.userId(), found.arn().contains(":assumed-role/"));
  }

  private static Identity ofKey(RecordReader records, Caller caller) {
    KeyOwner owner = KeyOwner.ofKey(records, caller);
    return new Identity(owner.account(), owner.arn(), owner.id(), false);
  }

  AwsPrincipal principal() {
    return new AwsPrincipal(account, arn, userId);
  }
}
