package io.portico.gateway.control.sts;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.control.iam.IamRecords;
import io.portico.gateway.control.iam.UniqueId;
import io.portico.gateway.model.iam.RoleRecord;
import io.portico.gateway.model.iam.SessionRecord;
import io.portico.gateway.model.iam.SessionRecord.SessionPolicies;
import io.portico.gateway.store.RecordReader;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A role as its ARN names it, whether somebody made it or not.
 *
 * @param name without path
 */
record AssumedRole(String arn, String account, String name) {
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}):role/(?:[!-~]*/)?([\\w+=,.@-]+)");

  /** Null for what is no role's ARN. */
  static @Nullable AssumedRole of(String arn) {
    Matcher matcher = ARN.matcher(arn);
    return matcher.matches() ? new AssumedRole(arn, matcher.group(1), matcher.group(2)) : null;
  }

  Optional<RoleRecord> find(RecordReader records) {
    return IamRecords.role(records, account, name);
  }

  /** Of a role that nobody made it is always the same one. */
  private String id(RecordReader records) {
    return find(records).map(RoleRecord::id).orElseGet(() -> UniqueId.of(UniqueId.ROLE, arn));
  }

  /**
   * A session in it.
   *
   * @param owner the account for which it calls
   */
  SessionRecord session(
      RecordReader records,
      String owner,
      String session,
      Credentials credentials,
      Instant expiration,
      @Nullable SessionPolicies policies) {
    return new SessionRecord(
        credentials.accessKeyId(),
        owner,
        "arn:aws:sts::%s:assumed-role/%s/%s".formatted(owner, name, session),
        id(records) + ":" + session,
        expiration,
        arn,
        credentials.secretAccessKey(),
        credentials.sessionToken(),
        policies);
  }
}
