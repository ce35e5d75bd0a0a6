package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.patch.PatchChange;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.ApiQuotas;
import io.portico.gateway.control.rules.ResourceTree;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Resources: the nodes of an API's tree. */
public final class Resources {
  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_PATHS)
          .row("replace", "/parentId", "another resource's id", Resources::parentId)
          .row("replace", "/pathPart", "a name, {name} or {name+}", Resources::pathPart)
          .build();

  private final V1Environment environment;
  private final ApiQuotas quotas;

  Resources(V1Environment environment) {
    this.environment = environment;
    this.quotas = environment.apiQuotas();
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateResource", this::createResource)
        .add("GetResource", this::getResource)
        .add("GetResources", this::getResources)
        .add("UpdateResource", this::updateResource)
        .add("DeleteResource", this::deleteResource);
  }

  public ObjectNode createResource(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              ResourceRecord parent = finder.resource(call.input().string("parentId"));
              ResourceTree tree = tree(records, finder.apiId());
              ResourceRecord created =
                  tree.place(
                      new ResourceRecord(
                          environment.newId(records, RecordTypes.RESOURCE, finder.apiId()),
                          parent.id(),
                          call.input().string("pathPart"),
                          "",
                          Map.of()));
              records.put(RecordTypes.RESOURCE, finder.apiId(), created.id(), created);
              Optional<String> _ = quotas.checkResources(finder.apiId(), tree.size());
              return Reply.resource(created, false);
            });
  }

  private static ResourceTree tree(RecordReader records, String apiId) {
    return new ResourceTree(records.list(RecordTypes.RESOURCE, apiId));
  }

  public ObjectNode getResource(OperationCall call) {
    return environment
        .records()
        .read(records -> Reply.resource(new Finder(records, call).resource(), embedsMethods(call)));
  }

  // AWS: ordered by path; source: RES-12.
  public ObjectNode getResources(OperationCall call) {
    Page page = Page.v1(call.input());
    boolean embedMethods = embedsMethods(call);
    return environment
        .records()
        .read(
            records -> {
              RestApiRecord api = new Finder(records, call).api();
              List<ResourceRecord> resources = ApiContents.resources(records, api.id());
              return page.answer(
                  (after, limit) ->
                      resources.stream()
                          .filter(resource -> key(resource).compareTo(after) > 0)
                          .limit(limit)
                          .toList(),
                  Resources::key,
                  resource -> Reply.resource(resource, embedMethods));
            });
  }

  /** By path; no two resources of an API have the same. */
  private static String key(ResourceRecord resource) {
    return resource.path();
  }

  private static boolean embedsMethods(OperationCall call) {
    List<String> embed = call.input().stringsOrNull("embed");
    return embed != null && embed.contains("methods");
  }

  public ObjectNode updateResource(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              ResourceRecord resource = finder.resource();
              ObjectNode changed = TABLE.apply(RecordCodec.tree(resource), changes);
              if (!changes.isEmpty()) {
                resource =
                    move(
                        records, finder.apiId(), RecordCodec.record(changed, ResourceRecord.class));
              }
              return Reply.resource(resource, false);
            });
  }

  /** Puts a changed resource in its place; everything below gets its new path. */
  private static ResourceRecord move(RecordWriter records, String apiId, ResourceRecord resource) {
    ResourceTree tree = tree(records, apiId);
    ResourceRecord placed = tree.place(resource);
    tree.checkLeafIfGreedy(placed);
    for (ResourceRecord moved : tree.subtree(placed)) {
      records.put(RecordTypes.RESOURCE, apiId, moved.id(), moved);
    }
    return placed;
  }

  // AWS: source: RES-10.
  private static void parentId(PatchChange change) {
    refuseRoot(change, "Root resource cannot update its parentId.");
    change.record().put("parentId", change.text());
  }

  // AWS: source: RES-10.
  private static void pathPart(PatchChange change) {
    refuseRoot(change, "Root resource cannot update its pathPart.");
    change.record().put("pathPart", change.text());
  }

  private static void refuseRoot(PatchChange change, String refusal) {
    if (!change.record().has("parentId")) {
      throw ServiceException.badRequest(refusal);
    }
  }

  // AWS: the whole subtree goes; source: RES-04.
  public ObjectNode deleteResource(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              ResourceRecord resource = finder.resource();
              if (resource.atRoot()) {
                // AWS: the root goes only with its API; source: assumed.
                throw ServiceException.badRequest("Root resource cannot be deleted.");
              }
              for (ResourceRecord gone : tree(records, finder.apiId()).subtree(resource)) {
                records.delete(RecordTypes.RESOURCE, finder.apiId(), gone.id());
              }
              return Reply.empty();
            });
  }
}
