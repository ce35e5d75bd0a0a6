package io.portico.gateway.control.v2;

import io.portico.gateway.control.openapi.DocumentTags;
import io.portico.gateway.control.openapi.ImportOptions.BasePathMode;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.protocol.Turns;
import io.portico.gateway.control.rules.ApiCount;
import io.portico.gateway.control.rules.ApiIds;
import io.portico.gateway.control.rules.TagRules;
import io.portico.gateway.control.v2.openapi.HttpApiImporter;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.openapi.OpenApiDocument;
import io.portico.gateway.store.RecordWriter;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Imports: an OpenAPI document becomes an HTTP API, or takes the place of one. */
public final class Imports {
  private final V2Environment environment;
  private final HttpApiImporter importer;

  // A document that was read takes many times its length.
  private final Turns turns = new Turns(1, "imports", Turns.LONGEST_WAIT);

  Imports(V2Environment environment) {
    this.environment = environment;
    this.importer = new HttpApiImporter(environment.quotas());
  }

  void register(Operations.Builder operations) {
    operations
        .add("ImportApi", turns.taking(this::importApi))
        .add("ReimportApi", turns.taking(this::reimportApi));
  }

  public ObjectNode importApi(OperationCall call) {
    BasePathMode basePath = basePath(call);
    OpenApiDocument document = read(call);
    return environment
        .records()
        .write(
            records -> {
              String id = ApiIds.choose(records, environment.ids(), DocumentTags.of(document));
              ApiRecord bare = Apis.bare(environment, call, id, ApiRecord.HTTP, null);
              ApiRecord api = store(records, call, document, bare, basePath);
              ApiCount.checkRegional(records, api.scope(), environment.quotas());
              return Reply.api(call.endpoint(), api);
            });
  }

  // AWS: the text for WebSocket APIs is assumed.
  public ObjectNode reimportApi(OperationCall call) {
    BasePathMode basePath = basePath(call);
    // An API that is not there is reported before anything that is wrong with the document.
    ApiRecord found = environment.records().read(records -> new Finder(records, call).api());
    if (!found.isHttp()) {
      throw ServiceException.badRequest("ReimportApi is not supported for WebSocket APIs.");
    }
    OpenApiDocument document = read(call);
    return environment
        .records()
        .write(
            records -> {
              ApiRecord before = new Finder(records, call).api();
              ApiRecord api = store(records, call, document, before, basePath);
              Deploying.changed(environment, records, api);
              environment.publisher().apiChanged(records, api.apiId());
              return Reply.api(call.endpoint(), api);
            });
  }

  private static BasePathMode basePath(OperationCall call) {
    return BasePathMode.of(call.input().stringOrNull("Basepath"));
  }

  /** The document of a call; read before the store is locked, as a long one takes its time. */
  private static OpenApiDocument read(OperationCall call) {
    Caller caller = call.caller();
    return HttpApiImporter.read(call.input().string("body"), caller.accountId(), caller.region());
  }

  private ApiRecord store(
      RecordWriter records,
      OperationCall call,
      OpenApiDocument document,
      ApiRecord before,
      BasePathMode basePath) {
    ApiDefinition definition =
        importer.run(
            document,
            ApiContents.read(records, before),
            basePath,
            call.input().bool("FailOnWarnings"),
            new ImportIds(environment, records, before));
    Map<String, String> tags = definition.api().tags();
    if (tags != null) {
      Map<String, String> had = before.tags() == null ? Map.of() : before.tags();
      Map<String, String> _ = TagRules.with(tags, had, call, environment.apiQuotas());
    }
    ApiContents.write(records, definition);
    return definition.api();
  }
}
