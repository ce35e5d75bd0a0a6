package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.IdentityPolicies;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Policies that are a role's or a user's own. */
final class InlinePolicies {
  private final IamEnvironment environment;
  private final PolicyHolder holder;
  private final String noun;

  InlinePolicies(IamEnvironment environment, PolicyHolder holder) {
    this.environment = environment;
    this.holder = holder;
    this.noun = holder.noun().toLowerCase(Locale.ROOT);
  }

  void register(Operations.Builder operations) {
    operations
        .add("Put" + holder.noun() + "Policy", this::put)
        .add("Get" + holder.noun() + "Policy", this::get)
        .add("List" + holder.noun() + "Policies", this::list)
        .add("Delete" + holder.noun() + "Policy", this::delete);
  }

  private ObjectNode put(OperationCall call) {
    String name = call.input().string("PolicyName");
    String document = call.input().string("PolicyDocument");
    PolicyDocument.checkPermissions(document);
    return environment
        .records()
        .write(
            records -> {
              holder.change(records, call, policies -> with(policies, call, name, document));
              return Json.object();
            });
  }

  private IdentityPolicies with(
      IdentityPolicies present, OperationCall call, String name, String document) {
    IdentityPolicies policies = present.with(name, document);
    long characters = policies.inline().values().stream().mapToLong(InlinePolicies::length).sum();
    if (characters > holder.mostCharacters()) {
      throw IamErrors.limitExceeded(
          "Maximum policy size of %d bytes exceeded for %s %s"
              .formatted(holder.mostCharacters(), noun, call.input().string(holder.member())));
    }
    return policies;
  }

  /** A document's length as AWS counts it: without white space. */
  static long length(String document) {
    return document.chars().filter(c -> !Character.isWhitespace(c)).count();
  }

  private ObjectNode get(OperationCall call) {
    String name = call.input().string("PolicyName");
    return environment
        .records()
        .read(
            records -> {
              String document = holder.policies(records, call).inline().get(name);
              if (document == null) {
                throw noPolicy(name);
              }
              return Json.object()
                  .put(holder.member(), call.input().string(holder.member()))
                  .put("PolicyName", name)
                  .put("PolicyDocument", IamReply.encoded(document));
            });
  }

  private ObjectNode list(OperationCall call) {
    return environment
        .records()
        .read(
            records ->
                IamPage.of(call.input())
                    .answer(
                        "PolicyNames",
                        holder.policies(records, call).inline().keySet(),
                        name -> name,
                        name -> Json.object().stringNode(name)));
  }

  private ObjectNode delete(OperationCall call) {
    String name = call.input().string("PolicyName");
    return environment
        .records()
        .write(
            records -> {
              if (!holder.policies(records, call).inline().containsKey(name)) {
                throw noPolicy(name);
              }
              holder.change(records, call, policies -> policies.without(name));
              return Json.object();
            });
  }

  private ServiceException noPolicy(String name) {
    return IamErrors.noSuchEntity(
        "The " + noun + " policy with name " + name + " cannot be found.");
  }
}
