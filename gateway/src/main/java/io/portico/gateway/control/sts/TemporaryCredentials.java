package io.portico.gateway.control.sts;

import io.portico.gateway.control.iam.IamRecords;
import io.portico.gateway.control.iam.PolicyDocument;
import io.portico.gateway.control.iam.UniqueId;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.RoleRecord;
import io.portico.gateway.model.iam.SessionRecord;
import io.portico.gateway.store.RecordReader;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Credentials for a while. Trust policies and session policies are not evaluated, and a role that
 * is not there can be assumed, too: functions name roles that nobody made.
 */
final class TemporaryCredentials {
  /** AWS: seconds; source: documented, AssumeRole. */
  private static final int USUAL_ROLE_SESSION = 3600;

  /** AWS: seconds; source: documented, GetSessionToken. */
  private static final int USUAL_SESSION = 43_200;

  /** AWS: seconds; source: documented, AssumeRole, "role chaining". */
  private static final int LONGEST_CHAINED_SESSION = 3600;

  private static final int ACCESS_KEY_LENGTH = 16;

  /** Of 40 characters in Base64, as AWS's are. */
  private static final int SECRET_BYTES = 30;

  private static final int TOKEN_BYTES = 258;

  private static final Pattern ROLE =
      Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}):role/(?:[!-~]*/)?([\\w+=,.@-]+)");

  private final StsEnvironment environment;
  private final SecureRandom random = new SecureRandom();

  TemporaryCredentials(StsEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("AssumeRole", this::assumeRole).add("GetSessionToken", this::getSessionToken);
  }

  ObjectNode assumeRole(OperationCall call) {
    Input input = call.input();
    String roleArn = input.string("RoleArn");
    String session = input.string("RoleSessionName");
    Matcher arn = ROLE.matcher(roleArn);
    if (!arn.matches()) {
      // AWS: source: reported by users of AWS's clients, as are the other texts here.
      throw invalid("Request ARN is invalid");
    }
    String account = arn.group(1);
    String name = arn.group(2);
    String policy = input.stringOrNull("Policy");
    if (policy != null) {
      PolicyDocument.checkPermissions(policy);
    }
    Instant now = environment.now();
    return environment
        .records()
        .write(
            records -> {
              Identity caller = Identity.of(records, call.caller(), now);
              Optional<RoleRecord> role = IamRecords.role(records, account, name);
              int seconds = seconds(input, caller, role);
              String roleId =
                  role.map(RoleRecord::id).orElseGet(() -> UniqueId.of(UniqueId.ROLE, roleArn));
              SessionRecord added =
                  new SessionRecord(
                      newAccessKeyId(records),
                      account,
                      "arn:aws:sts::%s:assumed-role/%s/%s".formatted(account, name, session),
                      roleId + ":" + session,
                      now.plusSeconds(seconds));
              Sessions.add(records, added, now);
              ObjectNode answer = answer(added);
              answer
                  .putObject("AssumedRoleUser")
                  .put("AssumedRoleId", added.userId())
                  .put("Arn", added.arn());
              String source = input.stringOrNull("SourceIdentity");
              return source == null ? answer : answer.put("SourceIdentity", source);
            });
  }

  private static int seconds(Input input, Identity caller, Optional<RoleRecord> role) {
    Integer asked = input.integerOrNull("DurationSeconds");
    if (asked == null) {
      return USUAL_ROLE_SESSION;
    }
    if (caller.temporary() && asked > LONGEST_CHAINED_SESSION) {
      throw invalid(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
              + " chaining");
    }
    if (role.isPresent() && asked > role.get().settings().maxSessionDuration()) {
      throw invalid(
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    return asked;
  }

  ObjectNode getSessionToken(OperationCall call) {
    Integer asked = call.input().integerOrNull("DurationSeconds");
    Instant now = environment.now();
    return environment
        .records()
        .write(
            records -> {
              Identity caller = Identity.of(records, call.caller(), now);
              if (Sessions.find(records, call.caller().accessKeyId()).isPresent()) {
                throw new ServiceException(
                    "AccessDenied", 403, "Cannot call GetSessionToken with session credentials");
              }
              SessionRecord added =
                  new SessionRecord(
                      newAccessKeyId(records),
                      caller.account(),
                      caller.arn(),
                      caller.userId(),
                      now.plusSeconds(asked == null ? USUAL_SESSION : asked));
              Sessions.add(records, added, now);
              return answer(added);
            });
  }

  private static String newAccessKeyId(RecordReader records) {
    String id = UniqueId.next(UniqueId.TEMPORARY_ACCESS_KEY, ACCESS_KEY_LENGTH);
    while (Sessions.find(records, id).isPresent()) {
      id = UniqueId.next(UniqueId.TEMPORARY_ACCESS_KEY, ACCESS_KEY_LENGTH);
    }
    return id;
  }

  /** The secret and the token are not kept: no signature is verified. */
  private ObjectNode answer(SessionRecord session) {
    ObjectNode answer = Json.object();
    answer
        .putObject("Credentials")
        .put("AccessKeyId", session.accessKeyId())
        .put("SecretAccessKey", text(SECRET_BYTES))
        .put("SessionToken", text(TOKEN_BYTES))
        .put("Expiration", session.expiration().getEpochSecond());
    return answer;
  }

  private String text(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static ServiceException invalid(String message) {
    return new ServiceException("ValidationError", 400, message);
  }
}
