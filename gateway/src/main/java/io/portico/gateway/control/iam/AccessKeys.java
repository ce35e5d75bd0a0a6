package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.AccessKeyRecord;
import io.portico.gateway.model.iam.AccessKeyRecord.Status;
import io.portico.gateway.model.iam.AccessKeyRecord.Use;
import io.portico.gateway.model.iam.UserRecord;
import io.portico.gateway.store.RecordReader;
import java.security.SecureRandom;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** Access keys of users and of accounts' roots. */
final class AccessKeys {
  /** AWS: of one user; source: documented, IAM and STS quotas, which says that it stays so. */
  private static final int MOST_KEYS = 2;

  /** Of 40 characters in Base64, as AWS's are. */
  private static final int SECRET_BYTES = 30;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final IamEnvironment environment;

  AccessKeys(IamEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateAccessKey", this::createAccessKey)
        .add("ListAccessKeys", this::listAccessKeys)
        .add("UpdateAccessKey", this::updateAccessKey)
        .add("DeleteAccessKey", this::deleteAccessKey)
        .add("GetAccessKeyLastUsed", this::getAccessKeyLastUsed);
  }

  ObjectNode createAccessKey(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              KeyOwner owner = KeyOwner.named(records, call);
              if (KeyStore.of(records, owner.id()).size() >= MOST_KEYS) {
                throw IamErrors.limitExceeded(
                    "Cannot exceed quota for AccessKeysPerUser: " + MOST_KEYS);
              }
              UserRecord user = owner.user();
              AccessKeyRecord key =
                  new AccessKeyRecord(
                      UniqueId.next(UniqueId.ACCESS_KEY, UniqueId.KEY_LENGTH),
                      owner.account(),
                      owner.id(),
                      user == null ? null : user.name(),
                      secret(),
                      Status.ACTIVE,
                      environment.now(),
                      null);
              environment.keyIds().add(key.accessKeyId());
              KeyStore.add(records, key);
              ObjectNode answer = Json.object();
              answer.set("AccessKey", reply(key).put("SecretAccessKey", key.secretAccessKey()));
              return answer;
            });
  }

  private static String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  ObjectNode listAccessKeys(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              KeyOwner owner = KeyOwner.named(records, call);
              ObjectNode answer =
                  IamPage.of(call.input())
                      .answer(
                          "AccessKeyMetadata",
                          KeyStore.of(records, owner.id()),
                          AccessKeyRecord::accessKeyId,
                          AccessKeys::reply);
              return answer;
            });
  }

  // AWS: a key expires by itself only; that setting it so is refused is assumed.
  ObjectNode updateAccessKey(OperationCall call) {
    String status = call.input().string("Status");
    if (status.equals("Expired")) {
      throw IamErrors.invalidInput("The status of an access key must be Active or Inactive.");
    }
    return environment
        .records()
        .write(
            records -> {
              AccessKeyRecord key = find(records, call);
              KeyStore.put(
                  records, key.with(status.equals("Active") ? Status.ACTIVE : Status.INACTIVE));
              return Json.object();
            });
  }

  ObjectNode deleteAccessKey(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              KeyStore.delete(records, find(records, call));
              return Json.object();
            });
  }

  // AWS: a key that was not used has no date, and N/A for the others; source: documented,
  // AccessKeyLastUsed. A key of another account is nobody's here, which is assumed.
  ObjectNode getAccessKeyLastUsed(OperationCall call) {
    String id = call.input().string("AccessKeyId");
    return environment
        .records()
        .read(
            records -> {
              AccessKeyRecord key =
                  KeyStore.find(records, id)
                      .filter(found -> found.accountId().equals(call.caller().accountId()))
                      .filter(found -> found.status() != Status.DELETED)
                      .orElseThrow(() -> noKey(id));
              ObjectNode answer = Json.object();
              if (key.userName() != null) {
                answer.put("UserName", key.userName());
              }
              ObjectNode last = answer.putObject("AccessKeyLastUsed");
              Use use = key.lastUse();
              if (use != null) {
                last.put("LastUsedDate", use.date().getEpochSecond());
              }
              last.put("ServiceName", use == null ? "N/A" : use.service());
              last.put("Region", use == null ? "N/A" : use.region());
              return answer;
            });
  }

  private static AccessKeyRecord find(RecordReader records, OperationCall call) {
    Input input = call.input();
    String id = input.string("AccessKeyId");
    KeyOwner owner = KeyOwner.named(records, call);
    return KeyStore.of(records, owner.id()).stream()
        .filter(key -> key.accessKeyId().equals(id))
        .findFirst()
        .orElseThrow(() -> noKey(id));
  }

  private static ServiceException noKey(String id) {
    return IamErrors.noSuchEntity("The Access Key with id " + id + " cannot be found.");
  }

  /** Without its secret, which is shown once. */
  private static ObjectNode reply(AccessKeyRecord key) {
    ObjectNode reply = Json.object();
    if (key.userName() != null) {
      reply.put("UserName", key.userName());
    }
    return reply
        .put("AccessKeyId", key.accessKeyId())
        .put("Status", key.isActive() ? "Active" : "Inactive")
        .put("CreateDate", key.createDate().getEpochSecond());
  }
}
