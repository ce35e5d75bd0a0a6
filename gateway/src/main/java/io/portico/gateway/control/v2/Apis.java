package io.portico.gateway.control.v2;

import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.domains.MappingUse;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.ApiCount;
import io.portico.gateway.control.rules.ApiIds;
import io.portico.gateway.control.rules.ResourceArn;
import io.portico.gateway.control.rules.TagRules;
import io.portico.gateway.control.rules.Tagged;
import io.portico.gateway.control.rules.UnknownApi;
import io.portico.gateway.control.rules.UsagePlanStages;
import io.portico.gateway.control.v2.rules.ApiRules;
import io.portico.gateway.control.v2.rules.Lengths;
import io.portico.gateway.control.v2.rules.SelectionExpressions;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.ApiRecord.Cors;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** HTTP and WebSocket APIs. */
public final class Apis {
  // AWS: source: documented, CreateApi.
  private static final String DEFAULT_IP_ADDRESS_TYPE = "ipv4";

  private final V2Environment environment;

  Apis(V2Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateApi", this::createApi)
        .add("GetApi", this::getApi)
        .add("GetApis", this::getApis)
        .add("UpdateApi", this::updateApi)
        .add("DeleteApi", this::deleteApi)
        .add("DeleteCorsConfiguration", this::deleteCorsConfiguration);
  }

  public ObjectNode createApi(OperationCall call) {
    Lengths.ofApi(call.input().json());
    Map<String, String> tags = TagRules.sent(call, environment.apiQuotas());
    return environment.records().write(records -> create(records, call, tags));
  }

  private ObjectNode create(
      RecordWriter records, OperationCall call, @Nullable Map<String, String> tags) {
    Input input = call.input();
    ApiRecord bare =
        bare(
            environment,
            call,
            ApiIds.choose(records, environment.ids(), tags),
            input.string("protocolType"),
            tags);
    ApiRecord api = changed(bare, new Update(input));
    ApiRules.check(api);
    ApiContents.putApi(records, api);
    ApiCount.checkRegional(records, api.scope(), environment.quotas());
    new QuickCreate(environment, records, api).create(input);
    return Reply.newApi(call.endpoint(), api);
  }

  /** A new API before anything is said of it. */
  static ApiRecord bare(
      V2Environment environment,
      OperationCall call,
      String id,
      String protocol,
      @Nullable Map<String, String> tags) {
    return new ApiRecord(
        id,
        call.caller().accountId(),
        call.caller().region(),
        "",
        protocol,
        null,
        null,
        protocol.equals(ApiRecord.HTTP) ? SelectionExpressions.OF_HTTP : "",
        SelectionExpressions.API_KEY_HEADER,
        null,
        false,
        null,
        DEFAULT_IP_ADDRESS_TYPE,
        tags,
        null,
        null,
        environment.now());
  }

  private static ApiRecord changed(ApiRecord before, Update update) {
    return new ApiRecord(
        before.apiId(),
        before.accountId(),
        before.region(),
        update.name("name", before.name()),
        before.protocolType(),
        update.text("description", before.description()),
        update.text("version", before.version()),
        update.name("routeSelectionExpression", before.routeSelectionExpression()),
        update.name("apiKeySelectionExpression", before.apiKeySelectionExpression()),
        cors(update.structure("corsConfiguration"), before.corsConfiguration()),
        update.flag("disableExecuteApiEndpoint", before.disableExecuteApiEndpoint()),
        update.flagOrNull("disableSchemaValidation", before.disableSchemaValidation()),
        update.name("ipAddressType", before.ipAddressType()),
        before.tags(),
        before.importInfo(),
        before.warnings(),
        before.createdDate());
  }

  // AWS: an empty configuration does not take away the one that is there, DeleteCorsConfiguration
  // does; source: reported, measured by https://github.com/go-to-k/cdkd. That any other replaces it
  // is assumed.
  private static @Nullable Cors cors(@Nullable Update sent, @Nullable Cors before) {
    return sent == null || sent.input().json().isEmpty()
        ? before
        : new Cors(
            sent.flagOrNull("allowCredentials", null),
            sent.texts("allowHeaders", null),
            sent.texts("allowMethods", null),
            sent.texts("allowOrigins", null),
            sent.texts("exposeHeaders", null),
            sent.integer("maxAge", null));
  }

  public ObjectNode getApi(OperationCall call) {
    return environment
        .records()
        .read(records -> Reply.api(call.endpoint(), new Finder(records, call).api()));
  }

  public ObjectNode getApis(OperationCall call) {
    Page page = Page.v2(call.input());
    String scope = call.caller().scope();
    return environment
        .records()
        .read(
            records ->
                page.answer(
                    (after, limit) -> records.list(V2RecordTypes.API, scope, after, limit),
                    ApiRecord::apiId,
                    api -> Reply.api(call.endpoint(), api)));
  }

  public ObjectNode updateApi(OperationCall call) {
    Lengths.ofApi(call.input().json());
    return environment
        .records()
        .write(
            records -> {
              ApiRecord api = changed(new Finder(records, call).api(), new Update(call.input()));
              ApiRules.check(api);
              ApiContents.putApi(records, api);
              new QuickCreate(environment, records, api).update(call.input());
              published(records, api);
              return Reply.api(call.endpoint(), api);
            });
  }

  /** Brings a changed API to its stages. */
  private void published(RecordWriter records, ApiRecord api) {
    Deploying.changed(environment, records, api);
    environment.publisher().apiChanged(records, api.apiId());
  }

  public ObjectNode deleteCorsConfiguration(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              ApiRecord api = new Finder(records, call).api().withCors(null);
              ApiContents.putApi(records, api);
              published(records, api);
              return Reply.empty();
            });
  }

  // AWS: source: reported by users of AWS's clients,
  // https://github.com/gruntwork-io/cloud-nuke/issues/370.
  public ObjectNode deleteApi(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              ApiRecord api = new Finder(records, call).api();
              if (!MappingUse.ofApi(records, api.apiId()).isEmpty()) {
                throw ServiceException.badRequest(
                    "Deleting API %s failed. Please remove all API mappings for the API from your"
                            .formatted(api.apiId())
                        + " custom domain names.");
              }
              ApiContents.delete(records, api);
              environment.publisher().apiDeleted(records, api.apiId());
              UsagePlanStages.forget(
                  records,
                  api.scope(),
                  environment.publisher(),
                  stage -> stage.apiId().equals(api.apiId()));
              return Reply.empty();
            });
  }

  /** The API that an ARN names, with its tags. */
  static @Nullable Tagged tagged(RecordReader records, OperationCall call, ResourceArn arn) {
    String apiId = arn.only("apis");
    if (apiId == null) {
      return null;
    }
    ApiRecord api = find(records, call, apiId);
    return new Tagged(api.tags(), (writer, tags) -> ApiContents.putApi(writer, api.withTags(tags)));
  }

  static ApiRecord find(RecordReader records, OperationCall call, String apiId) {
    return records
        .find(V2RecordTypes.API, call.caller().scope(), apiId)
        .orElseThrow(() -> UnknownApi.named(call.caller(), apiId));
  }
}
