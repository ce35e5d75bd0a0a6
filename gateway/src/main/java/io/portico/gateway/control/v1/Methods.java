package io.portico.gateway.control.v1;

import static io.portico.gateway.control.patch.PatchEdits.listEntry;
import static io.portico.gateway.control.patch.PatchEdits.listValue;
import static io.portico.gateway.control.patch.PatchEdits.removeFrom;
import static io.portico.gateway.control.patch.PatchEdits.text;
import static io.portico.gateway.control.patch.PatchEdits.textEntry;
import static io.portico.gateway.control.patch.PatchEdits.truth;
import static io.portico.gateway.control.patch.PatchEdits.truthEntry;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.patch.PatchChange;
import io.portico.gateway.control.patch.PatchEdit;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.MethodRules;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ResourceRecord;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Methods of resources. */
public final class Methods {
  static final String NO_PARAMETER = "Invalid parameter name specified";
  static final String NO_CONTENT_TYPE = "Content-Type specified was not found";

  private static final PatchEdit REQUEST_PARAMETER = truthEntry("requestParameters", NO_PARAMETER);

  // AWS: source: MTH-09, MTH-10; authorizationScopes documented.
  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_OPS)
          .row(
              "replace",
              "/authorizationType",
              "NONE, AWS_IAM, CUSTOM or COGNITO_USER_POOLS in any letter case",
              change ->
                  change
                      .record()
                      .put("authorizationType", MethodRules.authorizationType(change.text())))
          .row(
              "replace",
              "/authorizerId",
              "an authorizer's id; ignored where the type needs none",
              text("authorizerId"))
          .row(
              "add remove",
              "/authorizationScopes",
              "a scope, added to the list or taken from it",
              listValue("authorizationScopes"))
          // AWS: source: AWS's controller for Kubernetes, which names the scope in the path.
          .row(
              "add remove",
              "/authorizationScopes/{scope}",
              "none; {scope} is added to the list or taken from it",
              listEntry("authorizationScopes", "scope"))
          .row("replace", "/apiKeyRequired", "true; else false", truth("apiKeyRequired"))
          .row("replace", "/operationName", "any text; empty unsets", text("operationName"))
          .row(
              "replace",
              "/requestValidatorId",
              "a request validator's id; none unsets",
              Methods::requestValidator)
          .row(
              "add remove replace",
              "/requestParameters/{key}",
              "method.request.<place>.<name>: true if required; what is removed or replaced is no key of the cache any more",
              Methods::requestParameter)
          .row(
              "add remove replace",
              "/requestModels/{key}",
              "a content type: a model's name",
              textEntry("requestModels", NO_CONTENT_TYPE))
          .build();

  private final V1Environment environment;

  Methods(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("PutMethod", this::putMethod)
        .add("GetMethod", this::getMethod)
        .add("UpdateMethod", this::updateMethod)
        .add("DeleteMethod", this::deleteMethod);
  }

  // AWS: the resource is looked up before the method's name is checked; source: MTH-03.
  public ObjectNode putMethod(OperationCall call) {
    Input input = call.input();
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              ResourceRecord resource = finder.resource();
              String httpMethod = input.string("httpMethod");
              MethodRules.checkHttpMethod(httpMethod);
              if (resource.methods().containsKey(httpMethod)) {
                throw ServiceException.conflict("Method already exists for this resource");
              }
              MethodRecord method =
                  MethodRules.settled(
                      new MethodRecord(
                          httpMethod,
                          MethodRules.authorizationType(input.string("authorizationType")),
                          input.stringOrNull("authorizerId"),
                          input.stringsOrNull("authorizationScopes"),
                          input.bool("apiKeyRequired"),
                          input.stringOrNull("requestValidatorId"),
                          input.stringOrNull("operationName"),
                          InputMaps.orNull(InputMaps.truths(input, "requestParameters")),
                          InputMaps.orNull(input.stringMapOrNull("requestModels")),
                          null,
                          null));
              MethodRules.checkReferences(records, finder.apiId(), method);
              MethodRules.checkParameters(method, null);
              records.put(
                  RecordTypes.RESOURCE, finder.apiId(), resource.id(), resource.withMethod(method));
              return Reply.method(method);
            });
  }

  public ObjectNode getMethod(OperationCall call) {
    return environment
        .records()
        .read(records -> Reply.method(new Finder(records, call).namedMethod().method()));
  }

  // AWS: the result is judged, not each change; source: MTH-13.
  public ObjectNode updateMethod(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              NamedMethod named = finder.namedMethod();
              MethodRecord method =
                  MethodRules.settled(TABLE.changed(named.method(), MethodRecord.class, changes));
              MethodRules.checkReferences(records, finder.apiId(), method);
              MethodRules.checkParameters(method, named.method());
              named.put(records, method);
              return Reply.method(method);
            });
  }

  // AWS: what is removed or replaced is no key of the cache any more; source: reported by users of
  // Terraform's AWS provider, https://github.com/hashicorp/terraform-provider-aws/pull/29991 and
  // https://github.com/hashicorp/terraform-provider-aws/issues/39360.
  private static void requestParameter(PatchChange change) {
    REQUEST_PARAMETER.make(change);
    if (!change.adds()
        && change.record().at("/methodIntegration/cacheKeyParameters") instanceof ArrayNode keys) {
      removeFrom(keys, change.name("key"));
    }
  }

  // AWS: empty text is no id, only no value at all unsets it; source: Terraform's AWS provider,
  // which sends none for this reason.
  private static void requestValidator(PatchChange change) {
    if (change.value() == null) {
      change.record().remove("requestValidatorId");
    } else {
      change.record().put("requestValidatorId", change.text());
    }
  }

  public ObjectNode deleteMethod(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              new Finder(records, call).namedMethod().delete(records);
              return Reply.empty();
            });
  }
}
