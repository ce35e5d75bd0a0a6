package io.portico.gateway.control.v2;

import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.ModelRules;
import io.portico.gateway.control.rules.ModelSchemas;
import io.portico.gateway.control.rules.ModelTemplate;
import io.portico.gateway.control.v2.rules.Lengths;
import io.portico.gateway.json.Json;
import io.portico.gateway.jsonschema.SchemaSyntax;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.ModelRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.model.v2.RouteResponseRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Models: what messages of WebSocket APIs look like. */
public final class Models {
  private static final String JSON = "application/json";

  private final V2Environment environment;

  Models(V2Environment environment) {
    this.environment = environment;
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

  // AWS: the text: reported, https://github.com/badmintoncryer/cdk-preflight.
  public ObjectNode createModel(OperationCall call) {
    Lengths.ofModel(call.input().json());
    return environment
        .records()
        .write(
            records -> {
              ApiRecord api = new Finder(records, call).api();
              if (api.isHttp()) {
                throw ServiceException.badRequest(
                    "Currently, Models are not permitted for APIs with a protocol type of HTTP");
              }
              ModelRecord bare =
                  new ModelRecord(Ids.model(environment, records, api), "", null, null, null);
              return put(records, api, changed(bare, new Update(call.input())));
            });
  }

  private static ModelRecord changed(ModelRecord before, Update update) {
    return new ModelRecord(
        before.modelId(),
        update.name("name", before.name()),
        update.text("contentType", before.contentType()),
        update.text("description", before.description()),
        update.text("schema", before.schema()));
  }

  // AWS: the texts are v1's, but for that of a name that is taken, which is assumed after v1's.
  private ObjectNode put(RecordWriter records, ApiRecord api, ModelRecord model) {
    ModelRules.checkName(model.name());
    String contentType = model.contentType() == null ? JSON : model.contentType();
    ModelRules.checkSchema(contentType, model.schema());
    checkReferences(contentType, model);
    for (ModelRecord other : records.list(V2RecordTypes.MODEL, api.apiId())) {
      if (other.name().equals(model.name()) && !other.modelId().equals(model.modelId())) {
        throw ServiceException.conflict("Model name already exists for this API");
      }
    }
    records.put(V2RecordTypes.MODEL, api.apiId(), model.modelId(), model);
    Deploying.changed(environment, records, api);
    return Reply.model(model);
  }

  // AWS: whether a model can refer to others, as REST APIs' models do by their URLs, is not known;
  // what leads out of the schema is refused.
  private static void checkReferences(String contentType, ModelRecord model) {
    ObjectNode schema = ModelRules.isJson(contentType) ? ModelSchemas.parsed(model.schema()) : null;
    if (schema != null
        && SchemaSyntax.references(schema).stream()
            .anyMatch(reference -> !reference.startsWith("#"))) {
      throw ModelRules.invalid(ModelRules.NOT_CANONICAL);
    }
  }

  public ObjectNode getModel(OperationCall call) {
    return environment.records().read(records -> Reply.model(new Finder(records, call).model()));
  }

  public ObjectNode getModels(OperationCall call) {
    return Lists.ofApi(environment, call, V2RecordTypes.MODEL, ModelRecord::modelId, Reply::model);
  }

  public ObjectNode updateModel(OperationCall call) {
    Lengths.ofModel(call.input().json());
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              ModelRecord before = finder.model();
              ModelRecord model = changed(before, new Update(call.input()));
              if (!model.name().equals(before.name())) {
                checkUnused(records, finder.api(), before);
              }
              return put(records, finder.api(), model);
            });
  }

  // AWS: the text is assumed, after that of authorizers.
  private static void checkUnused(RecordReader records, ApiRecord api, ModelRecord model) {
    for (RouteRecord route : records.list(V2RecordTypes.ROUTE, api.apiId())) {
      boolean used = names(route.requestModels(), model);
      for (RouteResponseRecord response : route.routeResponses()) {
        used |= names(response.responseModels(), model);
      }
      if (used) {
        throw ServiceException.conflict(
            "Cannot delete model '%s', is referenced in route: %s"
                .formatted(model.name(), route.routeKey()));
      }
    }
  }

  private static boolean names(@Nullable Map<String, String> models, ModelRecord model) {
    return models != null && models.containsValue(model.name());
  }

  public ObjectNode deleteModel(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              ModelRecord model = finder.model();
              checkUnused(records, finder.api(), model);
              records.delete(V2RecordTypes.MODEL, finder.api().apiId(), model.modelId());
              Deploying.changed(environment, records, finder.api());
              return Reply.empty();
            });
  }

  public ObjectNode getModelTemplate(OperationCall call) {
    ModelRecord model = environment.records().read(records -> new Finder(records, call).model());
    ObjectNode schema = ModelSchemas.parsed(model.schema());
    if (schema == null) {
      throw ModelRules.invalid(ModelRules.NOT_A_SCHEMA);
    }
    return Json.object().put("value", new ModelTemplate(schema).text());
  }
}
