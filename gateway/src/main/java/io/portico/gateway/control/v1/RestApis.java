package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.domains.DomainRoutingRules;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.ApiCount;
import io.portico.gateway.control.rules.ApiIds;
import io.portico.gateway.control.rules.ApiQuotas;
import io.portico.gateway.control.rules.CompressionRules;
import io.portico.gateway.control.rules.EndpointRules;
import io.portico.gateway.control.rules.ResourcePolicy;
import io.portico.gateway.control.rules.TagRules;
import io.portico.gateway.control.rules.UnknownApi;
import io.portico.gateway.control.rules.UsagePlanStages;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.ApiScopeRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.RestApiRecord.EndpointConfiguration;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** REST APIs. */
public final class RestApis {
  private static final List<String> INHERITED =
      List.of(
          "description",
          "version",
          "binaryMediaTypes",
          "minimumCompressionSize",
          "apiKeySource",
          "endpointConfiguration",
          "policy",
          "disableExecuteApiEndpoint",
          "securityPolicy",
          "endpointAccessMode");

  private final V1Environment environment;
  private final ApiQuotas quotas;

  RestApis(V1Environment environment) {
    this.environment = environment;
    this.quotas = environment.apiQuotas();
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateRestApi", this::createRestApi)
        .add("GetRestApi", this::getRestApi)
        .add("GetRestApis", this::getRestApis)
        .add("UpdateRestApi", this::updateRestApi)
        .add("DeleteRestApi", this::deleteRestApi);
  }

  // AWS: the order of checks; source: API-07.
  public ObjectNode createRestApi(OperationCall call) {
    Input input = call.input();
    if ("".equals(input.stringOrNull("description"))) {
      throw ServiceException.badRequest("Description cannot be an empty string");
    }
    if (input.string("name").isBlank()) {
      throw ServiceException.badRequest("Name cannot be empty");
    }
    Integer compression = input.integerOrNull("minimumCompressionSize");
    if (compression != null) {
      CompressionRules.checkSize(compression);
    }
    EndpointConfiguration endpoint =
        EndpointRules.of(input.structureOrNull("endpointConfiguration"));
    Map<String, String> tags = TagRules.sent(call, environment.apiQuotas());
    return environment.records().write(records -> create(records, call, endpoint, tags));
  }

  private ObjectNode create(
      RecordWriter records,
      OperationCall call,
      EndpointConfiguration endpoint,
      @Nullable Map<String, String> tags) {
    Input input = call.input();
    String id = ApiIds.choose(records, environment.ids(), tags);
    ApiDefinition source = source(records, call);
    String apiKeySource = input.stringOrNull("apiKeySource");
    RestApiRecord api =
        new RestApiRecord(
            id,
            call.caller().accountId(),
            call.caller().region(),
            input.string("name"),
            input.stringOrNull("description"),
            environment.now(),
            input.stringOrNull("version"),
            input.stringsOrNull("binaryMediaTypes"),
            input.integerOrNull("minimumCompressionSize"),
            apiKeySource == null ? "HEADER" : apiKeySource,
            endpoint,
            ResourcePolicy.accepted(input.stringOrNull("policy"), call.caller(), id),
            tags,
            input.bool("disableExecuteApiEndpoint"),
            environment.newId(),
            input.stringOrNull("securityPolicy"),
            input.stringOrNull("endpointAccessMode"));
    if (source != null) {
      api = inheriting(api, source.api(), input);
    }
    EndpointRules.checkTls(tls(api), null);
    records.put(RecordTypes.API_SCOPE, "", id, new ApiScopeRecord(api.accountId(), api.region()));
    if (source == null) {
      ApiContents.write(records, InitialApi.fresh(environment, api));
    } else {
      ApiContents.write(records, InitialApi.copy(environment, api, source));
      ApiContents.writeDocumentation(
          records,
          id,
          InitialApi.copy(environment, ApiContents.documentation(records, source.api().id())));
    }
    ApiCount.check(records, api, environment.quotas());
    quotas.checkPolicy(api);
    return Reply.restApi(api);
  }

  private static EndpointRules.Tls tls(RestApiRecord api) {
    return new EndpointRules.Tls(
        api.endpointConfiguration().types(), api.securityPolicy(), api.endpointAccessMode());
  }

  private static @Nullable ApiDefinition source(RecordReader records, OperationCall call) {
    String cloneFrom = call.input().stringOrNull("cloneFrom");
    if (cloneFrom == null || cloneFrom.isEmpty()) {
      return null;
    }
    RestApiRecord source =
        records
            .find(RecordTypes.REST_API, call.caller().scope(), cloneFrom)
            .orElseThrow(() -> UnknownApi.named(call.caller(), cloneFrom));
    return ApiContents.read(records, source);
  }

  /**
   * The new API with the source's settings where the call gave none, those that close it included:
   * that AWS copies these is assumed.
   */
  private static RestApiRecord inheriting(RestApiRecord api, RestApiRecord source, Input input) {
    ObjectNode tree = RecordCodec.tree(api);
    ObjectNode from = RecordCodec.tree(source);
    for (String member : INHERITED) {
      if (!input.has(member) && from.has(member)) {
        tree.set(member, from.get(member));
      }
    }
    RestApiRecord inherited = RecordCodec.record(tree, RestApiRecord.class);
    String policy = inherited.policy();
    return input.has("policy") || policy == null
        ? inherited
        : inherited.withPolicy(policy.replace(":" + source.id() + "/", ":" + api.id() + "/"));
  }

  public ObjectNode getRestApi(OperationCall call) {
    return environment
        .records()
        .read(records -> Reply.restApiWithTags(new Finder(records, call).api()));
  }

  public ObjectNode getRestApis(OperationCall call) {
    return Lists.ofCaller(
        environment, call, RecordTypes.REST_API, RestApiRecord::id, Reply::restApi);
  }

  public ObjectNode updateRestApi(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              RestApiRecord api = new Finder(records, call).api();
              RestApiRecord changed = RestApiPatch.TABLE.changed(api, RestApiRecord.class, changes);
              EndpointRules.check(changed.endpointConfiguration());
              EndpointRules.checkTls(tls(changed), tls(api));
              // What is as it was holds up no change of something else.
              if (!Objects.equals(changed.policy(), api.policy())) {
                String policy =
                    ResourcePolicy.accepted(changed.policy(), call.caller(), changed.id());
                changed = changed.withPolicy(policy);
              }
              quotas.checkPolicy(changed);
              ApiContents.putApi(records, changed);
              // AWS: that an API of another type counts as one of that type is assumed.
              if (!changed
                  .endpointConfiguration()
                  .types()
                  .equals(api.endpointConfiguration().types())) {
                ApiCount.check(records, changed, environment.quotas());
              }
              environment.publisher().apiChanged(records, changed.id());
              return Reply.restApiWithTags(changed);
            });
  }

  public ObjectNode deleteRestApi(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              RestApiRecord api = new Finder(records, call).api();
              BasePathRules.checkUnmapped(records, api.id());
              DomainRoutingRules.checkUnused(records, api.id());
              ApiContents.delete(records, api);
              environment.publisher().apiDeleted(records, api.id());
              UsagePlanStages.forget(
                  records,
                  call.caller().scope(),
                  environment.publisher(),
                  stage -> stage.apiId().equals(api.id()));
              return Reply.empty();
            });
  }
}
