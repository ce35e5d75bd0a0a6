package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.domains.DomainMappings;
import io.portico.gateway.control.domains.MappingTargets;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.BasePathMappingRecord;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.store.RecordReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Base path mappings: what the paths of a domain name lead to. */
public final class BasePathMappings {
  // AWS: the documentation writes /basepath, its examples and Terraform's AWS provider /basePath.
  // The texts of refusals are assumed.
  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_OPS)
          // AWS: /basepath in its table; source: Terraform's AWS provider, which sends /basePath.
          .row(
              "replace",
              "/basePath",
              "one segment of a path; empty or (none) for all other paths",
              change -> change.record().put("basePath", BasePathRules.basePath(change.value())))
          .row(
              "replace",
              "/basepath",
              "the same",
              change -> change.record().put("basePath", BasePathRules.basePath(change.value())))
          .row(
              "replace",
              "/restapiId",
              "an API's id",
              change -> change.record().put("restApiId", change.text()))
          .row(
              "replace",
              "/stage",
              "a stage's name; empty or (none) where callers name it behind the base path",
              change -> setStage(change.record(), BasePathRules.stage(change.value())))
          .build();

  private final V1Environment environment;

  BasePathMappings(V1Environment environment) {
    this.environment = environment;
  }

  private static void setStage(ObjectNode tree, @Nullable String stage) {
    if (stage == null) {
      tree.remove("stage");
    } else {
      tree.put("stage", stage);
    }
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateBasePathMapping", this::createBasePathMapping)
        .add("GetBasePathMapping", this::getBasePathMapping)
        .add("GetBasePathMappings", this::getBasePathMappings)
        .add("UpdateBasePathMapping", this::updateBasePathMapping)
        .add("DeleteBasePathMapping", this::deleteBasePathMapping);
  }

  public ObjectNode createBasePathMapping(OperationCall call) {
    Input input = call.input();
    return environment
        .records()
        .write(
            records -> {
              DomainNameRecord domain = DomainNames.find(records, call);
              BasePathMappingRecord mapping =
                  new BasePathMappingRecord(
                      domain.key(),
                      BasePathRules.basePath(input.stringOrNull("basePath")),
                      input.string("restApiId"),
                      BasePathRules.stage(input.stringOrNull("stage")),
                      DomainMappings.newId(records, domain, environment.ids()));
              MappingTargets.check(
                  records, call.caller(), domain, mapping.restApiId(), mapping.stage());
              MappingTargets.checkCompany(records, domain, mapping, null);
              BasePathRules.checkFree(records, domain, mapping.basePath());
              DomainMappings.put(records, environment.publisher(), domain, mapping);
              return DomainNameReply.basePathMapping(mapping);
            });
  }

  // AWS: source: reported by users of AWS's clients.
  private static BasePathMappingRecord find(
      RecordReader records, DomainNameRecord domain, OperationCall call) {
    return DomainMappings.find(records, domain, call.input().string("basePath"))
        .orElseThrow(
            () -> ServiceException.notFound("Invalid base path mapping identifier specified"));
  }

  public ObjectNode getBasePathMapping(OperationCall call) {
    return environment
        .records()
        .read(
            records ->
                DomainNameReply.basePathMapping(
                    find(records, DomainNames.find(records, call), call)));
  }

  public ObjectNode getBasePathMappings(OperationCall call) {
    Page page = Page.v1(call.input());
    return environment
        .records()
        .read(
            records -> {
              String parent = DomainMappings.parent(DomainNames.find(records, call));
              return page.answer(
                  (after, limit) ->
                      records.list(RecordTypes.BASE_PATH_MAPPING, parent, after, limit),
                  BasePathMappingRecord::basePath,
                  DomainNameReply::basePathMapping);
            });
  }

  public ObjectNode updateBasePathMapping(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              DomainNameRecord domain = DomainNames.find(records, call);
              BasePathMappingRecord before = find(records, domain, call);
              BasePathMappingRecord mapping =
                  TABLE.changed(before, BasePathMappingRecord.class, changes);
              MappingTargets.check(
                  records, call.caller(), domain, mapping.restApiId(), mapping.stage());
              MappingTargets.checkCompany(records, domain, mapping, before);
              if (!mapping.basePath().equals(before.basePath())) {
                BasePathRules.checkFree(records, domain, mapping.basePath());
              }
              DomainMappings.delete(records, domain, before);
              DomainMappings.put(records, environment.publisher(), domain, mapping);
              return DomainNameReply.basePathMapping(mapping);
            });
  }

  public ObjectNode deleteBasePathMapping(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              DomainNameRecord domain = DomainNames.find(records, call);
              DomainMappings.delete(records, domain, find(records, domain, call));
              environment.publisher().domainNameChanged(records, domain.domainName());
              return Reply.empty();
            });
  }
}
