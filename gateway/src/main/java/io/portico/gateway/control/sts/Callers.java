package io.portico.gateway.control.sts;

import io.portico.gateway.control.iam.KeyStore;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.AccessKeyRecord;
import io.portico.gateway.model.iam.SessionRecord;
import tools.jackson.databind.node.ObjectNode;

/** Who calls, and whose an access key is. */
final class Callers {
  private final StsEnvironment environment;

  Callers(StsEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("GetCallerIdentity", this::getCallerIdentity)
        .add("GetAccessKeyInfo", this::getAccessKeyInfo);
  }

  ObjectNode getCallerIdentity(OperationCall call) {
    Identity identity =
        environment
            .records()
            .read(
                records ->
                    Identity.of(environment.services(), records, call.caller(), environment.now()));
    return Json.object()
        .put("UserId", identity.userId())
        .put("Account", identity.account())
        .put("Arn", identity.arn());
  }

  /** Any key that was not given out for another account is good for the caller's. */
  ObjectNode getAccessKeyInfo(OperationCall call) {
    String accessKeyId = call.input().string("AccessKeyId");
    String account =
        environment
            .records()
            .read(
                records ->
                    environment
                        .session(records, accessKeyId)
                        .map(SessionRecord::accountId)
                        .or(
                            () ->
                                KeyStore.find(records, accessKeyId)
                                    .map(AccessKeyRecord::accountId)))
            .orElse(call.caller().accountId());
    return Json.object().put("Account", account);
  }
}
