package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.IdentityPolicies;
import io.portico.gateway.model.iam.UserRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Users. */
final class Users {
  private final IamEnvironment environment;

  Users(IamEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateUser", this::createUser)
        .add("GetUser", this::getUser)
        .add("ListUsers", this::listUsers)
        .add("UpdateUser", this::updateUser)
        .add("DeleteUser", this::deleteUser)
        .add("ListGroupsForUser", this::listGroupsForUser)
        .add("PutUserPermissionsBoundary", this::putUserPermissionsBoundary)
        .add("DeleteUserPermissionsBoundary", this::deleteUserPermissionsBoundary);
  }

  ObjectNode createUser(OperationCall call) {
    Input input = call.input();
    String account = call.caller().accountId();
    String name = input.string("UserName");
    String path = input.stringOrNull("Path");
    String boundary = input.stringOrNull("PermissionsBoundary");
    Map<String, String> tags = TagLists.of(input);
    return environment
        .records()
        .write(
            records -> {
              checkFree(records, account, name);
              Identities.checkBoundary(records, account, boundary);
              UserRecord user =
                  new UserRecord(
                      name,
                      UniqueId.next(UniqueId.USER, UniqueId.LENGTH),
                      path == null ? "/" : path,
                      environment.now(),
                      boundary,
                      IdentityPolicies.NONE,
                      tags);
              IamRecords.put(records, account, user);
              return Json.object().set("User", IamReply.user(account, user));
            });
  }

  private static void checkFree(RecordReader records, String account, String name) {
    if (records.find(IamRecords.USER, account, IamRecords.id(name)).isPresent()) {
      throw IamErrors.alreadyExists("User with name " + name + " already exists.");
    }
  }

  // AWS: without a name, whoever has signed; source: documented, GetUser. What is shown of an
  // account's root is as users of AWS's clients report it; when the account was made is not known.
  ObjectNode getUser(OperationCall call) {
    String account = call.caller().accountId();
    return environment
        .records()
        .read(
            records -> {
              if (call.input().has("UserName")) {
                return Json.object().set("User", IamReply.user(account, find(records, call)));
              }
              KeyOwner owner = KeyOwner.ofCaller(records, call);
              UserRecord user = owner.user();
              return Json.object()
                  .set(
                      "User",
                      user == null
                          ? Json.object().put("UserId", account).put("Arn", owner.arn())
                          : IamReply.user(account, user));
            });
  }

  ObjectNode listUsers(OperationCall call) {
    String account = call.caller().accountId();
    return environment
        .records()
        .read(
            records ->
                IamPage.of(call.input())
                    .answer(
                        "Users",
                        records.list(IamRecords.USER, account).stream()
                            .filter(Identities.belowPrefix(call.input(), UserRecord::path))
                            .toList(),
                        user -> IamRecords.id(user.name()),
                        user -> IamReply.listedUser(account, user)));
  }

  ObjectNode updateUser(OperationCall call) {
    String account = call.caller().accountId();
    String newName = call.input().stringOrNull("NewUserName");
    String newPath = call.input().stringOrNull("NewPath");
    return environment
        .records()
        .write(
            records -> {
              UserRecord user = find(records, call);
              String name = newName == null ? user.name() : newName;
              if (!IamRecords.id(name).equals(IamRecords.id(user.name()))) {
                checkFree(records, account, name);
              }
              records.delete(IamRecords.USER, account, IamRecords.id(user.name()));
              IamRecords.put(
                  records, account, user.named(name, newPath == null ? user.path() : newPath));
              KeyStore.rename(records, user.id(), name);
              return Json.object();
            });
  }

  // AWS: what has to go before a user does is documented, DeleteUser; the order in which it is said
  // is assumed.
  ObjectNode deleteUser(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              UserRecord user = find(records, call);
              Identities.checkNone(user.policies());
              if (!KeyStore.of(records, user.id()).isEmpty()) {
                throw IamErrors.deleteConflict(
                    "Cannot delete entity, must delete access keys first.");
              }
              records.delete(
                  IamRecords.USER, call.caller().accountId(), IamRecords.id(user.name()));
              return Json.object();
            });
  }

  /** There are no groups. */
  ObjectNode listGroupsForUser(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              find(records, call);
              return IamPage.of(call.input())
                  .answer("Groups", List.<String>of(), name -> name, name -> Json.object());
            });
  }

  ObjectNode putUserPermissionsBoundary(OperationCall call) {
    String boundary = call.input().string("PermissionsBoundary");
    return environment
        .records()
        .write(
            records -> {
              find(records, call);
              Identities.checkBoundary(records, call.caller().accountId(), boundary);
              change(records, call, user -> user.bounded(boundary));
              return Json.object();
            });
  }

  ObjectNode deleteUserPermissionsBoundary(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              change(records, call, user -> user.bounded(null));
              return Json.object();
            });
  }

  /** The user that a call names. */
  static UserRecord find(RecordReader records, OperationCall call) {
    String name = call.input().string("UserName");
    return IamRecords.user(records, call.caller().accountId(), name)
        .orElseThrow(
            () -> IamErrors.noSuchEntity("The user with name " + name + " cannot be found."));
  }

  /** Changes the user that a call names. */
  static void change(RecordWriter records, OperationCall call, UnaryOperator<UserRecord> change) {
    IamRecords.put(records, call.caller().accountId(), change.apply(find(records, call)));
  }
}
