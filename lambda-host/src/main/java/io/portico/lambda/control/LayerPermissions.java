package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.LayerPolicyRecord;
import io.portico.lambda.model.PolicyRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Resource-based policies of layer versions: which other accounts may use them. AWS: source:
 * documented, AddLayerVersionPermission; texts that functions' policies have too are recorded,
 * facts LAM-20, LAM-21.
 */
final class LayerPermissions {
  private final LambdaEnvironment environment;

  LayerPermissions(LambdaEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("AddLayerVersionPermission", this::addLayerVersionPermission)
        .add("RemoveLayerVersionPermission", this::removeLayerVersionPermission)
        .add("GetLayerVersionPolicy", this::getLayerVersionPolicy);
  }

  ObjectNode addLayerVersionPermission(OperationCall call) {
    LayerId.Version version = LayerId.own(call).version(call);
    Input input = call.input();
    String sid = input.string("StatementId");
    ObjectNode statement = statement(input, version);
    return environment
        .records()
        .write(
            records -> {
              checkThere(records, version);
              LayerPolicyRecord before = LayerFinder.policy(records, version).orElse(null);
              checkRevision(input, before);
              PolicyRecord policy = before == null ? PolicyRecord.EMPTY : before.policy();
              if (policy.has(sid)) {
                throw LambdaErrors.statementExists(sid);
              }
              LayerPolicyRecord changed = put(records, version, policy.with(statement));
              return Json.object()
                  .put("Statement", Json.text(statement))
                  .put("RevisionId", changed.revisionId());
            });
  }

  private static ObjectNode statement(Input input, LayerId.Version version) {
    ObjectNode statement =
        Json.object().put("Sid", input.string("StatementId")).put("Effect", "Allow");
    PolicyStatement.principal(statement, input.string("Principal"));
    statement.put("Action", input.string("Action")).put("Resource", version.arn());
    String organization = input.stringOrNull("OrganizationId");
    if (organization != null) {
      statement
          .putObject("Condition")
          .putObject("StringEquals")
          .put("aws:PrincipalOrgID", organization);
    }
    return statement;
  }

  ObjectNode removeLayerVersionPermission(OperationCall call) {
    LayerId.Version version = LayerId.own(call).version(call);
    Input input = call.input();
    String sid = input.string("StatementId");
    return environment
        .records()
        .write(
            records -> {
              LayerPolicyRecord before = policy(records, version);
              checkRevision(input, before);
              if (!before.policy().has(sid)) {
                throw LambdaErrors.noStatement(sid);
              }
              PolicyRecord left = before.policy().without(sid);
              if (left.statements().isEmpty()) {
                records.delete(
                    LambdaRecords.LAYER_POLICY,
                    version.layer().parent(),
                    LambdaRecords.layerVersionId(version.number()));
              } else {
                put(records, version, left);
              }
              return Json.object();
            });
  }

  ObjectNode getLayerVersionPolicy(OperationCall call) {
    LayerId.Version version = LayerId.own(call).version(call);
    return environment
        .records()
        .read(
            records -> {
              LayerPolicyRecord found = policy(records, version);
              return Json.object()
                  .put("Policy", Permissions.document(found.policy()))
                  .put("RevisionId", found.revisionId());
            });
  }

  private static void checkThere(RecordReader records, LayerId.Version version) {
    if (LayerFinder.find(records, version).isEmpty()) {
      // AWS: its words are those that CreateFunction has; inferred.
      throw LambdaErrors.notFound("Layer version " + version.arn() + " does not exist.");
    }
  }

  private static LayerPolicyRecord policy(RecordReader records, LayerId.Version version) {
    checkThere(records, version);
    return LayerFinder.policy(records, version).orElseThrow(LambdaErrors::noPolicy);
  }

  private static void checkRevision(Input input, @Nullable LayerPolicyRecord before) {
    String wanted = input.stringOrNull("RevisionId");
    if (wanted != null && (before == null || !wanted.equals(before.revisionId()))) {
      // AWS: its words are inferred from those for functions, facts LAM-10.
      throw new ServiceException(
          "PreconditionFailedException",
          412,
          "The Revision Id provided does not match the latest Revision Id. Call the"
              + " GetLayerVersionPolicy API to retrieve the latest Revision Id");
    }
  }

  private static LayerPolicyRecord put(
      RecordWriter records, LayerId.Version version, PolicyRecord policy) {
    Permissions.checkLength(policy);
    LayerPolicyRecord changed = new LayerPolicyRecord(policy, LambdaEnvironment.newRevision());
    records.put(
        LambdaRecords.LAYER_POLICY,
        version.layer().parent(),
        LambdaRecords.layerVersionId(version.number()),
        changed);
    return changed;
  }
}
