package io.portico.gateway.control.v2;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.domains.DomainMappings;
import io.portico.gateway.control.domains.MappingTargets;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.BasePathMappingRecord;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.store.RecordReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * <b>API mappings</b>: what the paths of a custom domain name lead to, those that v1 has made among
 * them.
 */
public final class ApiMappings {
  private final V2Environment environment;

  ApiMappings(V2Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateApiMapping", this::createApiMapping)
        .add("GetApiMapping", this::getApiMapping)
        .add("GetApiMappings", this::getApiMappings)
        .add("UpdateApiMapping", this::updateApiMapping)
        .add("DeleteApiMapping", this::deleteApiMapping);
  }

  public ObjectNode createApiMapping(OperationCall call) {
    Input input = call.input();
    return environment
        .records()
        .write(
            records -> {
              DomainNameRecord domain = DomainNames.find(records, call);
              BasePathMappingRecord mapping =
                  new BasePathMappingRecord(
                      domain.key(),
                      ApiMappingKey.stored(input.stringOrNull("apiMappingKey")),
                      input.string("apiId"),
                      input.string("stage"),
                      DomainMappings.newId(records, domain, environment.ids()));
              check(records, call, domain, mapping, null);
              DomainMappings.put(records, environment.publisher(), domain, mapping);
              checkCount(records, domain, mapping);
              return reply(mapping);
            });
  }

  private void checkCount(
      RecordReader records, DomainNameRecord domain, BasePathMappingRecord mapping) {
    if (ApiMappingKey.hasSeveralLevels(mapping.basePath())) {
      environment
          .quotas()
          .check(
              Quota.MULTI_LEVEL_API_MAPPINGS,
              domain.domainName(),
              () ->
                  DomainMappings.of(records, domain).stream()
                      .filter(each -> ApiMappingKey.hasSeveralLevels(each.basePath()))
                      .count());
    }
  }

  // AWS: the text of a key that is taken: reported by users of AWS's clients.
  private static void check(
      RecordReader records,
      OperationCall call,
      DomainNameRecord domain,
      BasePathMappingRecord mapping,
      @Nullable BasePathMappingRecord before) {
    ApiMappingKey.check(mapping.basePath(), domain);
    MappingTargets.check(records, call.caller(), domain, mapping.restApiId(), mapping.stage());
    MappingTargets.checkCompany(records, domain, mapping, before);
    boolean moves = before == null || !before.basePath().equals(mapping.basePath());
    if (moves && DomainMappings.find(records, domain, mapping.basePath()).isPresent()) {
      throw ServiceException.conflict("ApiMapping key already exists for this domain name");
    }
  }

  // AWS: the text is assumed, after those of other identifiers.
  private static BasePathMappingRecord find(
      RecordReader records, DomainNameRecord domain, OperationCall call) {
    String wanted = call.input().string("ApiMappingId");
    return DomainMappings.of(records, domain).stream()
        .filter(mapping -> DomainMappings.id(mapping).equals(wanted))
        .findFirst()
        .orElseThrow(() -> ServiceException.notFound("Invalid API mapping identifier specified"));
  }

  public ObjectNode getApiMapping(OperationCall call) {
    return environment
        .records()
        .read(records -> reply(find(records, DomainNames.find(records, call), call)));
  }

  public ObjectNode getApiMappings(OperationCall call) {
    Page page = Page.v2(call.input());
    return environment
        .records()
        .read(
            records -> {
              String parent = DomainMappings.parent(DomainNames.find(records, call));
              return page.answer(
                  (after, limit) ->
                      records.list(RecordTypes.BASE_PATH_MAPPING, parent, after, limit),
                  BasePathMappingRecord::basePath,
                  ApiMappings::reply);
            });
  }

  public ObjectNode updateApiMapping(OperationCall call) {
    Input input = call.input();
    return environment
        .records()
        .write(
            records -> {
              DomainNameRecord domain = DomainNames.find(records, call);
              BasePathMappingRecord before = find(records, domain, call);
              BasePathMappingRecord mapping =
                  new BasePathMappingRecord(
                      domain.key(),
                      input.has("apiMappingKey")
                          ? ApiMappingKey.stored(input.stringOrNull("apiMappingKey"))
                          : before.basePath(),
                      input.string("apiId"),
                      input.has("stage") ? input.string("stage") : before.stage(),
                      DomainMappings.id(before));
              check(records, call, domain, mapping, before);
              DomainMappings.delete(records, domain, before);
              DomainMappings.put(records, environment.publisher(), domain, mapping);
              checkCount(records, domain, mapping);
              return reply(mapping);
            });
  }

  public ObjectNode deleteApiMapping(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              DomainNameRecord domain = DomainNames.find(records, call);
              DomainMappings.delete(records, domain, find(records, domain, call));
              environment.publisher().domainNameChanged(records, domain.domainName());
              return Json.object();
            });
  }

  private static ObjectNode reply(BasePathMappingRecord mapping) {
    ObjectNode reply = Json.object();
    reply.put("apiId", mapping.restApiId());
    reply.put("apiMappingId", DomainMappings.id(mapping));
    reply.put("apiMappingKey", ApiMappingKey.replied(mapping.basePath()));
    if (mapping.stage() != null) {
      reply.put("stage", mapping.stage());
    }
    return reply;
  }
}
