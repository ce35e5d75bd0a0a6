package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which managed policies roles or users have. Those of AWS's own are taken by their ARN, as AWS has
 * more than are known here.
 */
final class Attachments {
  private final IamEnvironment environment;
  private final PolicyHolder holder;

  Attachments(IamEnvironment environment, PolicyHolder holder) {
    this.environment = environment;
    this.holder = holder;
  }

  void register(Operations.Builder operations) {
    operations
        .add("Attach" + holder.noun() + "Policy", this::attach)
        .add("Detach" + holder.noun() + "Policy", this::detach)
        .add("ListAttached" + holder.noun() + "Policies", this::list);
  }

  /** One that is attached already is no error. */
  private ObjectNode attach(OperationCall call) {
    PolicyArn arn = PolicyArn.of(call.input().string("PolicyArn"));
    return environment
        .records()
        .write(
            records -> {
              holder.policies(records, call);
              if (!ManagedPolicies.exists(records, call.caller().accountId(), arn)) {
                throw IamErrors.noSuchEntity(
                    "Policy " + arn.text() + " does not exist or is not attachable.");
              }
              if (arn.isOfAws() && arn.path().startsWith(ServiceLinkedRoles.PATH)) {
                throw IamErrors.notAttachable();
              }
              holder.change(records, call, policies -> policies.attaching(arn.text()));
              return Json.object();
            });
  }

  private ObjectNode detach(OperationCall call) {
    PolicyArn arn = PolicyArn.of(call.input().string("PolicyArn"));
    return environment
        .records()
        .write(
            records -> {
              if (!holder.policies(records, call).attached().contains(arn.text())) {
                throw IamErrors.noPolicy(arn.text());
              }
              holder.change(records, call, policies -> policies.detaching(arn.text()));
              return Json.object();
            });
  }

  private ObjectNode list(OperationCall call) {
    return environment
        .records()
        .read(
            records ->
                IamPage.of(call.input())
                    .answer(
                        "AttachedPolicies",
                        holder.policies(records, call).attached().stream()
                            .map(PolicyArn::of)
                            .filter(Identities.belowPrefix(call.input(), PolicyArn::path))
                            .toList(),
                        PolicyArn::text,
                        arn ->
                            Json.object()
                                .put("PolicyName", arn.name())
                                .put("PolicyArn", arn.text())));
  }
}
