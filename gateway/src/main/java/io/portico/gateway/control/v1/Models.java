package io.portico.gateway.control.v1;

import static io.portico.gateway.control.patch.PatchEdits.text;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.ApiQuotas;
import io.portico.gateway.control.rules.ModelRules;
import io.portico.gateway.control.rules.ModelTemplate;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.store.RecordReader;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Models: what the bodies of requests and responses look like. */
public final class Models {
  // AWS: source: MOD-05.
  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_PATHS)
          .row("replace", "/description", "any text; empty unsets", text("description"))
          .row("replace", "/schema", "a JSON Schema (draft-04)", text("schema"))
          .build();

  private final V1Environment environment;
  private final ApiQuotas quotas;

  Models(V1Environment environment) {
    this.environment = environment;
    this.quotas = environment.apiQuotas();
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateModel", this::createModel)
        .add("GetModel", this::getModel)
        .add("GetModels", this::getModels)
        .add("UpdateModel", this::updateModel)
        .add("DeleteModel", this::deleteModel)
        .add("GetModelTemplate", this::getModelTemplate);
  }

  public ObjectNode createModel(OperationCall call) {
    Input input = call.input();
    String name = input.string("name");
    String contentType = input.string("contentType");
    String schema = input.stringOrNull("schema");
    ModelRules.checkName(name);
    ModelRules.checkSchema(contentType, schema);
    return environment
        .records()
        .write(
            records -> {
              RestApiRecord api = new Finder(records, call).api();
              if (records.find(RecordTypes.MODEL, api.id(), name).isPresent()) {
                // AWS: source: MOD-03.
                throw ServiceException.conflict("Model name already exists for this REST API");
              }
              ModelRecord model =
                  new ModelRecord(
                      environment.newId(),
                      name,
                      emptyAsNull(input.stringOrNull("description")),
                      contentType,
                      schema);
              quotas.check(model);
              ModelRules.checkReferences(records, api.id(), model);
              records.put(RecordTypes.MODEL, api.id(), name, model);
              return Reply.model(model);
            });
  }

  // AWS: an empty description is none; source: MOD-04.
  private static @Nullable String emptyAsNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  public ObjectNode getModel(OperationCall call) {
    boolean flatten = call.input().bool("flatten");
    return environment
        .records()
        .read(
            records -> {
              Finder finder = new Finder(records, call);
              ModelRecord model = finder.model();
              ObjectNode reply = Reply.model(model);
              String flat = flatten ? FlatModel.schema(records, finder.apiId(), model) : null;
              return flat == null ? reply : reply.put("schema", flat);
            });
  }

  public ObjectNode getModels(OperationCall call) {
    return Lists.ofApi(environment, call, RecordTypes.MODEL, ModelRecord::name, Reply::model);
  }

  public ObjectNode updateModel(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              ModelRecord before = finder.model();
              ModelRecord model = TABLE.changed(before, ModelRecord.class, changes);
              // What an import brought may be more than a call could: it stays until it is
              // replaced.
              if (!Objects.equals(model.schema(), before.schema())) {
                ModelRules.checkSchema(model.contentType(), model.schema());
                quotas.check(model);
                ModelRules.checkReferences(records, finder.apiId(), model);
              }
              records.put(RecordTypes.MODEL, finder.apiId(), model.name(), model);
              return Reply.model(model);
            });
  }

  public ObjectNode deleteModel(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              ModelRecord model = finder.model();
              InUse.refuseForModel(records, finder.apiId(), model.name());
              records.delete(RecordTypes.MODEL, finder.apiId(), model.name());
              return Reply.empty();
            });
  }

  public ObjectNode getModelTemplate(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              Finder finder = new Finder(records, call);
              return Json.object().put("value", template(records, finder.apiId(), finder.model()));
            });
  }

  // AWS: what a schema that is no JSON comes to is not known.
  private static String template(RecordReader records, String apiId, ModelRecord model) {
    ObjectNode schema = FlatModel.tree(records, apiId, model);
    if (schema == null) {
      throw ModelRules.invalid(ModelRules.NOT_A_SCHEMA);
    }
    return new ModelTemplate(schema).text();
  }
}
