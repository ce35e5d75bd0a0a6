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
import io.portico.gateway.json.Json;
import io.portico.gateway.model.DocumentationVersionRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.store.RecordKey;
import io.portico.gateway.store.RecordWriter;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Documentation versions: snapshots of an API's documentation parts, which stages publish. */
public final class DocumentationVersions {
  // AWS: the one path; source: documented, "Publish API documentation". That the texts are those of
  // documentation parts is assumed.
  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_PATHS)
          .row("replace", "/description", "any text; empty unsets", text("description"))
          .build();

  private final V1Environment environment;

  DocumentationVersions(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateDocumentationVersion", this::createDocumentationVersion)
        .add("GetDocumentationVersion", this::getDocumentationVersion)
        .add("GetDocumentationVersions", this::getDocumentationVersions)
        .add("UpdateDocumentationVersion", this::updateDocumentationVersion)
        .add("DeleteDocumentationVersion", this::deleteDocumentationVersion);
  }

  // AWS: the texts of the refusals are assumed.
  public ObjectNode createDocumentationVersion(OperationCall call) {
    Input input = call.input();
    String version = input.string("documentationVersion");
    String stageName = input.stringOrNull("stageName");
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              String apiId = finder.api().id();
              if (version.isBlank()) {
                throw ServiceException.badRequest("Documentation version cannot be empty");
              }
              if (!RecordKey.isText(version)) {
                throw ServiceException.badRequest("Invalid Documentation version specified");
              }
              if (records.find(RecordTypes.DOCUMENTATION_VERSION, apiId, version).isPresent()) {
                throw ServiceException.conflict("Documentation version already exists");
              }
              String description = input.stringOrNull("description");
              DocumentationVersionRecord created =
                  new DocumentationVersionRecord(
                      version,
                      description == null || description.isEmpty() ? null : description,
                      environment.now(),
                      ApiContents.documentation(records, apiId));
              records.put(RecordTypes.DOCUMENTATION_VERSION, apiId, version, created);
              if (stageName != null && !stageName.isEmpty()) {
                publish(records, apiId, finder.stage(), version);
              }
              return reply(created);
            });
  }

  /** Has a stage publish another version; what the stage serves stays the same. */
  private void publish(RecordWriter records, String apiId, StageRecord stage, String version) {
    records.put(
        RecordTypes.STAGE,
        apiId,
        stage.stageName(),
        stage.withDocumentationVersion(version, environment.now()));
  }

  private static ObjectNode reply(DocumentationVersionRecord version) {
    ObjectNode reply = Json.object();
    reply.put("version", version.version());
    if (version.description() != null) {
      reply.put("description", version.description());
    }
    Reply.date(reply, "createdDate", version.createdDate());
    return reply;
  }

  public ObjectNode getDocumentationVersion(OperationCall call) {
    return environment
        .records()
        .read(records -> reply(new Finder(records, call).documentationVersion()));
  }

  public ObjectNode getDocumentationVersions(OperationCall call) {
    return Lists.ofApi(
        environment,
        call,
        RecordTypes.DOCUMENTATION_VERSION,
        DocumentationVersionRecord::version,
        DocumentationVersions::reply);
  }

  public ObjectNode updateDocumentationVersion(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              DocumentationVersionRecord version =
                  TABLE.changed(
                      finder.documentationVersion(), DocumentationVersionRecord.class, changes);
              records.put(
                  RecordTypes.DOCUMENTATION_VERSION, finder.apiId(), version.version(), version);
              return reply(version);
            });
  }

  public ObjectNode deleteDocumentationVersion(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              String apiId = finder.api().id();
              String version = finder.documentationVersion().version();
              for (StageRecord stage : records.list(RecordTypes.STAGE, apiId)) {
                if (version.equals(stage.documentationVersion())) {
                  // AWS: source: reported by users of AWS's clients,
                  // https://github.com/hashicorp/terraform-provider-aws/issues/11550.
                  throw ServiceException.badRequest(
                      "Cannot delete documentation version because there are API Stages associated"
                          + " with it.");
                }
              }
              records.delete(RecordTypes.DOCUMENTATION_VERSION, apiId, version);
              return Reply.empty();
            });
  }
}
