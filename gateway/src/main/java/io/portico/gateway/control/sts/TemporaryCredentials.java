package io.portico.gateway.control.sts;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.control.iam.PolicyDocument;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.RoleRecord;
import io.portico.gateway.model.iam.SessionRecord;
import io.portico.gateway.model.iam.SessionRecord.SessionPolicies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Credentials for a while. Trust policies are not evaluated, and a role that is not there can be
 * assumed, too: functions name roles that nobody made.
 */
final class TemporaryCredentials {
  /** AWS: seconds; source: documented, AssumeRole. */
  private static final int USUAL_ROLE_SESSION = 3600;

  /** AWS: seconds; source: documented, GetSessionToken. */
  private static final int USUAL_SESSION = 43_200;

  /** AWS: seconds; source: documented, AssumeRole, "role chaining". */
  private static final int LONGEST_CHAINED_SESSION = 3600;

  private final StsEnvironment environment;

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
    AssumedRole assumed = AssumedRole.of(roleArn);
    if (assumed == null) {
      // AWS: source: reported by users of AWS's clients, as are the other texts here.
      throw invalid("Request ARN is invalid");
    }
    SessionPolicies policies = policies(input);
    Instant now = environment.now();
    return environment
        .records()
        .write(
            records -> {
              Identity caller = Identity.of(environment.services(), records, call.caller(), now);
              int seconds = seconds(input, caller, assumed.find(records));
              Credentials credentials = NewCredentials.next();
              SessionRecord added =
                  assumed.session(
                      records,
                      assumed.account(),
                      session,
                      credentials,
                      now.plusSeconds(seconds),
                      policies);
              Sessions.add(records, added, now);
              ObjectNode answer = answer(credentials, added);
              answer
                  .putObject("AssumedRoleUser")
                  .put("AssumedRoleId", added.userId())
                  .put("Arn", added.arn());
              String source = input.stringOrNull("SourceIdentity");
              return source == null ? answer : answer.put("SourceIdentity", source);
            });
  }

  /** What the session may do at most, or null where that is what the role may. */
  private static @Nullable SessionPolicies policies(Input input) {
    String document = input.stringOrNull("Policy");
    if (document != null) {
      PolicyDocument.checkPermissions(document);
    }
    List<String> arns = new ArrayList<>();
    for (JsonNode policy : input.json().path("PolicyArns")) {
      // One without an ARN is none that allows.
      arns.add(policy.path("arn").asString(""));
    }
    return document == null && arns.isEmpty() ? null : new SessionPolicies(document, arns);
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
              Identity caller = Identity.of(environment.services(), records, call.caller(), now);
              if (environment.session(records, call.caller().accessKeyId()).isPresent()) {
                throw new ServiceException(
                    "AccessDenied", 403, "Cannot call GetSessionToken with session credentials");
              }
              Credentials credentials = NewCredentials.next();
              SessionRecord added =
                  new SessionRecord(
                      credentials.accessKeyId(),
                      caller.account(),
                      caller.arn(),
                      caller.userId(),
                      now.plusSeconds(asked == null ? USUAL_SESSION : asked),
                      null,
                      credentials.secretAccessKey(),
                      credentials.sessionToken(),
                      null);
              Sessions.add(records, added, now);
              return answer(credentials, added);
            });
  }

  private static ObjectNode answer(Credentials credentials, SessionRecord session) {
    ObjectNode answer = Json.object();
    answer
        .putObject("Credentials")
        .put("AccessKeyId", credentials.accessKeyId())
        .put("SecretAccessKey", credentials.secretAccessKey())
        .put("SessionToken", credentials.sessionToken())
        .put("Expiration", session.expiration().getEpochSecond());
    return answer;
  }

  private static ServiceException invalid(String message) {
    return new ServiceException("ValidationError", 400, message);
  }
}
