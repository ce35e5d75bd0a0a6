package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.patch.PatchChange;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.Matching;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.rules.ApiQuotas;
import io.portico.gateway.control.rules.DocumentationRules;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.DocumentationLocation;
import io.portico.gateway.model.DocumentationPartRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordReader;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Documentation parts: what is said about the entities of an API. */
public final class DocumentationParts {
  // AWS: source: MOD-11.
  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_PATHS)
          .row("replace", "/properties", "a JSON object", DocumentationParts::properties)
          .build();

  private final V1Environment environment;
  private final ApiQuotas quotas;

  DocumentationParts(V1Environment environment) {
    this.environment = environment;
    this.quotas = environment.apiQuotas();
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateDocumentationPart", this::createDocumentationPart)
        .add("GetDocumentationPart", this::getDocumentationPart)
        .add("GetDocumentationParts", this::getDocumentationParts)
        .add("UpdateDocumentationPart", this::updateDocumentationPart)
        .add("DeleteDocumentationPart", this::deleteDocumentationPart);
  }

  private static void properties(PatchChange change) {
    DocumentationRules.properties(change.text());
    change.record().put("properties", change.text());
  }

  // AWS: that what is documented need not be there is assumed.
  public ObjectNode createDocumentationPart(OperationCall call) {
    Input input = call.input();
    String properties = input.string("properties");
    return environment
        .records()
        .write(
            records -> {
              String apiId = new Finder(records, call).api().id();
              DocumentationLocation location = location(input);
              DocumentationRules.properties(properties);
              if (DocumentedLocations.contain(records, apiId, location)) {
                throw DocumentationRules.taken(location);
              }
              quotas.checkDocumentationParts(
                  apiId, () -> records.count(RecordTypes.DOCUMENTATION_PART, apiId) + 1);
              DocumentationPartRecord part =
                  new DocumentationPartRecord(
                      environment.newId(records, RecordTypes.DOCUMENTATION_PART, apiId),
                      location,
                      properties);
              DocumentedLocations.put(records, apiId, part);
              return RecordCodec.tree(part);
            });
  }

  private static DocumentationLocation location(Input input) {
    Input sent = input.structureOrNull("location");
    if (sent == null) {
      throw new IllegalStateException("the input has no location");
    }
    return DocumentationRules.location(
        new DocumentationLocation(
            sent.string("type"),
            sent.stringOrNull("path"),
            sent.stringOrNull("method"),
            sent.stringOrNull("statusCode"),
            sent.stringOrNull("name")));
  }

  private static Set<DocumentationLocation> locations(RecordReader records, String apiId) {
    return ApiContents.documentation(records, apiId).stream()
        .map(DocumentationPartRecord::location)
        .collect(Collectors.toSet());
  }

  public ObjectNode getDocumentationPart(OperationCall call) {
    return environment
        .records()
        .read(records -> RecordCodec.tree(new Finder(records, call).documentationPart()));
  }

  // AWS: that name and path are looked for as they are, and that entities without a part of their
  // own are listed only where they are asked for, is assumed.
  public ObjectNode getDocumentationParts(OperationCall call) {
    Input input = call.input();
    Page page = Page.v1(input);
    String type = input.stringOrNull("type");
    String name = input.stringOrNull("nameQuery");
    String path = input.stringOrNull("path");
    Predicate<DocumentationLocation> wanted =
        location ->
            (type == null || type.equals(location.type()))
                && (name == null || name.equals(location.name()))
                && (path == null || path.equals(location.path()));
    boolean undocumented = "UNDOCUMENTED".equals(input.stringOrNull("locationStatus"));
    return environment
        .records()
        .read(
            records -> {
              RestApiRecord api = new Finder(records, call).api();
              return undocumented
                  ? undocumented(records, api, wanted, page)
                  : documented(records, api.id(), wanted, page);
            });
  }

  private static ObjectNode documented(
      RecordReader records, String apiId, Predicate<DocumentationLocation> wanted, Page page) {
    return page.answer(
        (after, limit) ->
            Matching.list(
                batch ->
                    records.list(
                        RecordTypes.DOCUMENTATION_PART, apiId, batch.after(), batch.limit()),
                DocumentationPartRecord::id,
                part -> wanted.test(part.location()),
                new Matching.Batch(after, limit)),
        DocumentationPartRecord::id,
        RecordCodec::tree);
  }

  private static ObjectNode undocumented(
      RecordReader records, RestApiRecord api, Predicate<DocumentationLocation> wanted, Page page) {
    Set<DocumentationLocation> documented = locations(records, api.id());
    List<DocumentationLocation> missing =
        ApiEntities.of(ApiContents.read(records, api)).stream()
            .filter(wanted)
            .filter(location -> !documented.contains(location))
            .toList();
    return page.answer(
        (after, limit) ->
            missing.stream()
                .filter(location -> location.key().compareTo(after) > 0)
                .limit(limit)
                .toList(),
        DocumentationLocation::key,
        location -> {
          ObjectNode part = Json.object();
          part.set("location", RecordCodec.tree(location));
          return part;
        });
  }

  public ObjectNode updateDocumentationPart(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              DocumentationPartRecord part =
                  TABLE.changed(finder.documentationPart(), DocumentationPartRecord.class, changes);
              DocumentedLocations.put(records, finder.apiId(), part);
              return RecordCodec.tree(part);
            });
  }

  // AWS: an unknown API is named as one; source: GEN-15, GEN-18.
  public ObjectNode deleteDocumentationPart(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              String apiId = finder.api().id();
              DocumentedLocations.delete(records, apiId, finder.documentationPart());
              return Reply.empty();
            });
  }
}
