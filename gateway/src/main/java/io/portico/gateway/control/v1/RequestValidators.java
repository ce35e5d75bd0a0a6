package io.portico.gateway.control.v1;

import static io.portico.gateway.control.patch.PatchEdits.text;
import static io.portico.gateway.control.patch.PatchEdits.truth;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.RequestValidatorRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.store.RecordWriter;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Request validators: which parts of a request are held against what its method declares. */
public final class RequestValidators {
  // AWS: the paths: documented, patch operations; flags: source: MOD-09. How other paths are
  // refused
  // is assumed, as is that an empty name is none.
  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_OPS)
          .row("replace", "/name", "any text; empty unsets", text("name"))
          .row("replace", "/validateRequestBody", "true; else false", truth("validateRequestBody"))
          .row(
              "replace",
              "/validateRequestParameters",
              "true; else false",
              truth("validateRequestParameters"))
          .build();

  private final V1Environment environment;

  RequestValidators(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateRequestValidator", this::createRequestValidator)
        .add("GetRequestValidator", this::getRequestValidator)
        .add("GetRequestValidators", this::getRequestValidators)
        .add("UpdateRequestValidator", this::updateRequestValidator)
        .add("DeleteRequestValidator", this::deleteRequestValidator);
  }

  // AWS: flags that are not given are false; source: MOD-08.
  public ObjectNode createRequestValidator(OperationCall call) {
    Input input = call.input();
    String name = input.stringOrNull("name");
    return environment
        .records()
        .write(
            records -> {
              // AWS: a 400 here, without the account; source: GEN-20.
              RestApiRecord api =
                  new Finder(records, call)
                      .apiIfThere()
                      .orElseThrow(
                          () ->
                              ServiceException.badRequest("Invalid REST API identifier specified"));
              ObjectNode reply =
                  put(
                      records,
                      api.id(),
                      new RequestValidatorRecord(
                          environment.newId(records, RecordTypes.REQUEST_VALIDATOR, api.id()),
                          name == null || name.isEmpty() ? null : name,
                          input.bool("validateRequestBody"),
                          input.bool("validateRequestParameters")));
              environment
                  .apiQuotas()
                  .checkRequestValidators(
                      api.id(), () -> records.count(RecordTypes.REQUEST_VALIDATOR, api.id()));
              return reply;
            });
  }

  // AWS: the text of a name that is taken: source: issue 10099 of Serverless; its status is
  // assumed.
  private static ObjectNode put(
      RecordWriter records, String apiId, RequestValidatorRecord validator) {
    for (RequestValidatorRecord other : records.list(RecordTypes.REQUEST_VALIDATOR, apiId)) {
      if (other.name() != null
          && other.name().equals(validator.name())
          && !other.id().equals(validator.id())) {
        throw ServiceException.conflict("Request Validator name must be unique");
      }
    }
    records.put(RecordTypes.REQUEST_VALIDATOR, apiId, validator.id(), validator);
    return Reply.requestValidator(validator);
  }

  public ObjectNode getRequestValidator(OperationCall call) {
    return environment
        .records()
        .read(records -> Reply.requestValidator(new Finder(records, call).requestValidator()));
  }

  public ObjectNode getRequestValidators(OperationCall call) {
    return Lists.ofApi(
        environment,
        call,
        RecordTypes.REQUEST_VALIDATOR,
        RequestValidatorRecord::id,
        Reply::requestValidator);
  }

  public ObjectNode updateRequestValidator(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              return put(
                  records,
                  finder.apiId(),
                  TABLE.changed(finder.requestValidator(), RequestValidatorRecord.class, changes));
            });
  }

  public ObjectNode deleteRequestValidator(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              RequestValidatorRecord validator = finder.requestValidator();
              InUse.refuseForValidator(records, finder.apiId(), validator.id());
              records.delete(RecordTypes.REQUEST_VALIDATOR, finder.apiId(), validator.id());
              return Reply.empty();
            });
  }
}
