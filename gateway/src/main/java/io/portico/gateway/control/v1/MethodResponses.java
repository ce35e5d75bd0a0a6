package io.portico.gateway.control.v1;

import static io.portico.gateway.control.patch.PatchEdits.textEntry;
import static io.portico.gateway.control.patch.PatchEdits.truthEntry;

import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.Mappings;
import io.portico.gateway.control.rules.MethodRules;
import io.portico.gateway.model.MethodResponseRecord;
import io.portico.gateway.store.RecordReader;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Method responses: what a method may answer, by status code. */
public final class MethodResponses {
  // AWS: source: MTH-18.
  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_OPS)
          .row(
              "add remove replace",
              "/responseParameters/{key}",
              "method.response.header.<name>: true if required",
              truthEntry("responseParameters", Methods.NO_PARAMETER))
          .row(
              "add remove replace",
              "/responseModels/{key}",
              "a content type: a model's name",
              textEntry("responseModels", Methods.NO_CONTENT_TYPE))
          .build();

  private final V1Environment environment;

  MethodResponses(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("PutMethodResponse", this::putMethodResponse)
        .add("GetMethodResponse", this::getMethodResponse)
        .add("UpdateMethodResponse", this::updateMethodResponse)
        .add("DeleteMethodResponse", this::deleteMethodResponse);
  }

  public ObjectNode putMethodResponse(OperationCall call) {
    Input input = call.input();
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              NamedMethod named = finder.namedMethod();
              String statusCode = input.string("statusCode");
              if (named.method().methodResponses() != null
                  && named.method().methodResponses().containsKey(statusCode)) {
                // AWS: source: reported by users of AWS's clients.
                throw ServiceException.conflict("Response already exists for this resource");
              }
              // AWS: explicit empty maps come back as such; source: MTH-16.
              MethodResponseRecord response =
                  new MethodResponseRecord(
                      statusCode,
                      InputMaps.truths(input, "responseParameters"),
                      input.stringMapOrNull("responseModels"));
              check(records, finder.apiId(), response);
              named.put(records, named.method().withResponse(response));
              return Reply.methodResponse(response);
            });
  }

  private static void check(RecordReader records, String apiId, MethodResponseRecord response) {
    if (response.responseModels() != null) {
      MethodRules.checkModels(records, apiId, response.responseModels().values());
    }
    if (response.responseParameters() != null) {
      Mappings.checkResponseParameters(response.responseParameters().keySet());
    }
  }

  public ObjectNode getMethodResponse(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              Finder finder = new Finder(records, call);
              return Reply.methodResponse(finder.methodResponse(finder.namedMethod().method()));
            });
  }

  public ObjectNode updateMethodResponse(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              NamedMethod named = finder.namedMethod();
              MethodResponseRecord response =
                  TABLE.changed(
                      finder.methodResponse(named.method()), MethodResponseRecord.class, changes);
              check(records, finder.apiId(), response);
              named.put(records, named.method().withResponse(response));
              return Reply.methodResponse(response);
            });
  }

  public ObjectNode deleteMethodResponse(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              NamedMethod named = finder.namedMethod();
              String statusCode = finder.methodResponse(named.method()).statusCode();
              named.put(records, named.method().withoutResponse(statusCode));
              return Reply.empty();
            });
  }
}
