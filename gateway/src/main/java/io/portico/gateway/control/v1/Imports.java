package io.portico.gateway.control.v1;

import io.portico.gateway.compile.VpcLinks;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.RecordedVpcLinks;
import io.portico.gateway.control.openapi.DocumentTags;
import io.portico.gateway.control.openapi.ImportOptions;
import io.portico.gateway.control.openapi.ImportResult;
import io.portico.gateway.control.openapi.ImportedDocumentation;
import io.portico.gateway.control.openapi.NewApi;
import io.portico.gateway.control.openapi.OpenApiImporter;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.protocol.Turns;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.QuotaMode;
import io.portico.gateway.control.quota.QuotaSetting;
import io.portico.gateway.control.rules.ApiCount;
import io.portico.gateway.control.rules.ApiIds;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.ApiScopeRecord;
import io.portico.gateway.model.DocumentationPartRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.openapi.OpenApiDocument;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Imports: an OpenAPI document becomes an API, or changes one or what is said about it, or nothing.
 */
public final class Imports {
  private final V1Environment environment;
  private final OpenApiImporter importer;

  // A document that was read takes many times its length.
  private final Turns turns = new Turns(1, "imports", Turns.LONGEST_WAIT);

  Imports(V1Environment environment) {
    this.environment = environment;
    this.importer =
        new OpenApiImporter(environment::newId, environment.clock(), environment.quotas());
  }

  void register(Operations.Builder operations) {
    operations
        .addBounded("ImportRestApi", mostBytes(), turns.taking(this::importRestApi))
        .addBounded("PutRestApi", mostBytes(), turns.taking(this::putRestApi))
        .add("ImportDocumentationParts", turns.taking(this::importDocumentationParts));
  }

  private long mostBytes() {
    QuotaSetting quota = environment.quotas().setting(Quota.DEFINITION_SIZE);
    return quota.mode() == QuotaMode.ENFORCE
        ? Math.min(quota.limit(), OpenApiImporter.MAX_BYTES)
        : OpenApiImporter.MAX_BYTES;
  }

  // AWS: replies no tags; source: IMP-01. Those of the document are not kept, as AWS has them for
  // HTTP APIs alone; one that fixes the id does so all the same.
  public ObjectNode importRestApi(OperationCall call) {
    ImportOptions options = options(call.input());
    OpenApiDocument document = read(call);
    return environment
        .records()
        .write(
            records -> {
              String id = ApiIds.choose(records, environment.ids(), DocumentTags.of(document));
              ImportResult result =
                  importer.importNew(
                      document,
                      new NewApi(
                          id,
                          environment.newId(),
                          call.caller().accountId(),
                          call.caller().region()),
                      links(records, call),
                      options);
              records.put(
                  RecordTypes.API_SCOPE,
                  "",
                  id,
                  new ApiScopeRecord(call.caller().accountId(), call.caller().region()));
              RestApiRecord api = store(records, result);
              ApiCount.check(records, api, environment.quotas());
              return withWarnings(Reply.restApi(api), result.warnings());
            });
  }

  // AWS: replies tags even where there are none; source: IMP-01. Merging is the default; source:
  // documented, PutRestApi.
  public ObjectNode putRestApi(OperationCall call) {
    ImportOptions options = options(call.input());
    boolean overwrite = "overwrite".equals(call.input().stringOrNull("mode"));
    // An API that is not there is reported before anything that is wrong with the document.
    environment.records().read(records -> new Finder(records, call).api());
    OpenApiDocument document = read(call);
    return environment
        .records()
        .write(
            records -> {
              ApiDefinition existing = ApiContents.read(records, new Finder(records, call).api());
              List<DocumentationPartRecord> documentation =
                  ApiContents.documentation(records, existing.api().id());
              VpcLinks links = links(records, call);
              ImportResult result =
                  overwrite
                      ? importer.overwrite(document, existing, documentation, links, options)
                      : importer.merge(document, existing, documentation, links, options);
              RestApiRecord api = store(records, result);
              environment.publisher().apiChanged(records, api.id());
              return withWarnings(Reply.restApiWithTags(api), result.warnings());
            });
  }

  private static VpcLinks links(RecordReader records, OperationCall call) {
    return new RecordedVpcLinks(records, call.caller().scope());
  }

  // AWS: merging is the default; source: documented, ImportDocumentationParts.
  public ObjectNode importDocumentationParts(OperationCall call) {
    Input input = call.input();
    boolean overwrite = "overwrite".equals(input.stringOrNull("mode"));
    environment.records().read(records -> new Finder(records, call).api());
    OpenApiDocument document = documentationOf(call);
    return environment
        .records()
        .write(
            records -> {
              ApiDefinition existing = ApiContents.read(records, new Finder(records, call).api());
              String apiId = existing.api().id();
              ImportedDocumentation result =
                  importer.importDocumentation(
                      document,
                      existing,
                      ApiContents.documentation(records, apiId),
                      overwrite,
                      input.bool("failOnWarnings"));
              ApiContents.writeDocumentation(records, apiId, result.parts());
              ObjectNode reply = Json.object();
              ArrayNode ids = reply.putArray("ids");
              result.imported().forEach(ids::add);
              return withWarnings(reply, result.warnings());
            });
  }

  // AWS: the text; source: MOD-12. That any other document that is none of OpenAPI's is refused so,
  // too, is assumed.
  private OpenApiDocument documentationOf(OperationCall call) {
    try {
      return read(call);
    } catch (ServiceException e) {
      throw ServiceException.badRequest("Unable to build importer with provided input.");
    }
  }

  /** The document of a call; read before the store is locked, as a long one takes its time. */
  private OpenApiDocument read(OperationCall call) {
    Caller caller = call.caller();
    return importer.read(call.input().bytes("body"), caller.accountId(), caller.region());
  }

  private static ImportOptions options(Input input) {
    Map<String, String> parameters = input.stringMapOrNull("parameters");
    return ImportOptions.of(
        input.bool("failOnWarnings"),
        parameters == null ? Map.of() : parameters,
        input.bytes("body").length);
  }

  private static RestApiRecord store(RecordWriter records, ImportResult result) {
    RestApiRecord api = result.definition().api();
    ApiContents.write(records, result.definition());
    ApiContents.writeDocumentation(records, api.id(), result.documentation());
    return api;
  }

  // AWS: source: IMP-08.
  private static ObjectNode withWarnings(ObjectNode reply, List<String> warnings) {
    if (!warnings.isEmpty()) {
      ArrayNode list = reply.putArray("warnings");
      warnings.forEach(list::add);
    }
    return reply;
  }
}
