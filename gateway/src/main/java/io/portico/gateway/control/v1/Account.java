package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.patch.PatchChange;
import io.portico.gateway.control.patch.PatchEdits;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.LoggingRole;
import io.portico.gateway.control.sts.ServiceRoles;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.AccountRecord;
import io.portico.gateway.store.RecordReader;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Settings of the account in one region. */
public final class Account {
  private static final String ROLE = "/cloudwatchRoleArn";
  private static final String USAGE_PLANS = "UsagePlans";
  private static final Pattern ROLE_ARN =
      Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+");

  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_OPS)
          .row("replace", ROLE, "a role's ARN; empty unsets", Account::cloudwatchRoleArn)
          .row("add remove", "/features", "UsagePlans, which cannot be removed", Account::feature)
          .build();

  private final V1Environment environment;

  Account(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("GetAccount", this::getAccount).add("UpdateAccount", this::updateAccount);
  }

  public ObjectNode getAccount(OperationCall call) {
    return environment.records().read(records -> reply(find(records, call)));
  }

  private static AccountRecord find(RecordReader records, OperationCall call) {
    return records
        .find(RecordTypes.ACCOUNT, call.caller().scope(), LoggingRole.ACCOUNT)
        .orElse(new AccountRecord(null));
  }

  private ObjectNode reply(AccountRecord account) {
    ObjectNode reply = Json.object();
    if (account.cloudwatchRoleArn() != null) {
      reply.put("cloudwatchRoleArn", account.cloudwatchRoleArn());
    }
    ThrottleSettings throttle = environment.accountThrottle();
    reply
        .putObject("throttleSettings")
        .put("burstLimit", throttle.burstLimit())
        .put("rateLimit", throttle.rateLimit());
    reply.putArray("features").add(USAGE_PLANS);
    // AWS: source: assumed, what accounts made since usage plans reply.
    reply.put("apiKeyVersion", "4");
    return reply;
  }

  public ObjectNode updateAccount(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              AccountRecord account =
                  TABLE.changed(find(records, call), AccountRecord.class, changes);
              if (changes.stream().anyMatch(change -> ROLE.equals(change.path()))) {
                checkTrust(records, account.cloudwatchRoleArn());
              }
              records.put(RecordTypes.ACCOUNT, call.caller().scope(), LoggingRole.ACCOUNT, account);
              return reply(account);
            });
  }

  // AWS: the role has to trust API Gateway and may write logs; source: reported by users of AWS's
  // clients, https://github.com/tmobile/jazz-installer/pull/597. Here a role that nobody has made
  // is taken, and no role is asked what it may: logs are written without it.
  private static void checkTrust(RecordReader records, @Nullable String roleArn) {
    if (roleArn != null && ServiceRoles.shutsOut(records, roleArn, "apigateway.amazonaws.com")) {
      throw ServiceException.badRequest(
          "The role ARN does not have required permissions configured. Please grant trust"
              + " permission for API Gateway and add the required role policy.");
    }
  }

  private static void cloudwatchRoleArn(PatchChange change) {
    if (!change.text().isEmpty() && !ROLE_ARN.matcher(change.text()).matches()) {
      throw ServiceException.badRequest("Role ARN is not well formed");
    }
    PatchEdits.set(change.record(), "cloudwatchRoleArn", change.text());
  }

  // AWS: source: documented, patch operations; the texts are assumed.
  private static void feature(PatchChange change) {
    if (!change.text().equals(USAGE_PLANS)) {
      throw ServiceException.badRequest("Invalid feature specified: " + change.text());
    }
    if (change.removes()) {
      throw ServiceException.badRequest("Usage Plans cannot be disabled once enabled");
    }
  }
}
