package io.portico.gateway.control.v2;

import io.portico.gateway.compile.StageKey;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.domains.MappingUse;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.ApiQuotas;
import io.portico.gateway.control.rules.CertificateStages;
import io.portico.gateway.control.rules.LoggingRole;
import io.portico.gateway.control.rules.ResourceArn;
import io.portico.gateway.control.rules.TagRules;
import io.portico.gateway.control.rules.Tagged;
import io.portico.gateway.control.rules.UsagePlanStages;
import io.portico.gateway.control.v2.rules.Lengths;
import io.portico.gateway.control.v2.rules.StageRules;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.model.v2.StageRecord.AccessLogSettings;
import io.portico.gateway.model.v2.StageRecord.RouteSettings;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Stages: names under which deployments are served. */
public final class Stages {
  private static final String DEPLOYMENT_ID = "deploymentId";
  private static final String ROUTE_SETTINGS = "routeSettings";

  private final V2Environment environment;

  Stages(V2Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateStage", this::createStage)
        .add("GetStage", this::getStage)
        .add("GetStages", this::getStages)
        .add("UpdateStage", this::updateStage)
        .add("DeleteStage", this::deleteStage)
        .add("DeleteAccessLogSettings", this::deleteAccessLogSettings)
        .add("DeleteRouteSettings", this::deleteRouteSettings);
  }

  public ObjectNode createStage(OperationCall call) {
    Input input = call.input();
    Lengths.ofDeploymentOrStage(input.json());
    String name = input.string("stageName");
    Map<String, String> tags = TagRules.sent(call, environment.apiQuotas());
    return environment
        .records()
        .write(
            records -> {
              ApiRecord api = new Finder(records, call).api();
              StageRules.checkName(api, name);
              if (records.find(V2RecordTypes.STAGE, api.apiId(), name).isPresent()) {
                throw ServiceException.conflict("Stage already exists");
              }
              StageRecord bare = NewStage.bare(name, environment.now()).withTags(tags);
              StageRecord stage = changed(bare, new Update(input));
              check(records, api, stage, input);
              put(environment, records, api, stage);
              return deployed(records, api, stage);
            });
  }

  /** The reply for a stage, once it has deployed itself if it does so. */
  private ObjectNode deployed(RecordWriter records, ApiRecord api, StageRecord stage) {
    if (stage.autoDeploy()) {
      Deploying.changed(environment, records, api);
    }
    return Reply.stage(
        api, records.find(V2RecordTypes.STAGE, api.apiId(), stage.stageName()).orElseThrow());
  }

  // AWS: an empty description does not unset the one that is there; source: reported, measured by
  // https://github.com/go-to-k/cdkd.
  private StageRecord changed(StageRecord before, Update update) {
    String description = update.text("description", before.description());
    Map<String, String> variables = update.textMap("stageVariables", before.stageVariables());
    Map<String, RouteSettings> settings = routeSettings(update, before.routeSettings());
    return new StageRecord(
        before.stageName(),
        update.text(DEPLOYMENT_ID, before.deploymentId()),
        description == null ? before.description() : description,
        update.flag("autoDeploy", before.autoDeploy()),
        update.text("clientCertificateId", before.clientCertificateId()),
        settings(update.structure("defaultRouteSettings"), before.defaultRouteSettings()),
        settings,
        variables == null ? Map.of() : variables,
        accessLog(update.structure("accessLogSettings"), before.accessLogSettings()),
        before.lastDeploymentStatusMessage(),
        before.tags(),
        before.apiGatewayManaged(),
        before.createdDate(),
        environment.now());
  }

  private static Map<String, RouteSettings> routeSettings(
      Update update, Map<String, RouteSettings> before) {
    JsonNode sent = update.input().json().get(ROUTE_SETTINGS);
    if (sent == null || sent.isNull()) {
      return before;
    }
    Map<String, RouteSettings> settings = new LinkedHashMap<>(before);
    for (Map.Entry<String, JsonNode> entry : sent.properties()) {
      if (entry.getValue() instanceof ObjectNode members) {
        RouteSettings present = before.getOrDefault(entry.getKey(), RouteSettings.NONE);
        settings.put(entry.getKey(), settings(new Update(new Input(members)), present));
      }
    }
    return settings;
  }

  private static RouteSettings settings(@Nullable Update sent, RouteSettings before) {
    return sent == null
        ? before
        : new RouteSettings(
            sent.flagOrNull("dataTraceEnabled", before.dataTraceEnabled()),
            sent.flagOrNull("detailedMetricsEnabled", before.detailedMetricsEnabled()),
            sent.text("loggingLevel", before.loggingLevel()),
            sent.integer("throttlingBurstLimit", before.throttlingBurstLimit()),
            sent.number("throttlingRateLimit", before.throttlingRateLimit()));
  }

  private static @Nullable AccessLogSettings accessLog(
      @Nullable Update sent, @Nullable AccessLogSettings before) {
    return sent == null || sent.input().json().isEmpty()
        ? before
        : new AccessLogSettings(
            sent.text("destinationArn", before == null ? null : before.destinationArn()),
            sent.text("format", before == null ? null : before.format()));
  }

  /** What is looked at only when it is sent: it refers to what may be gone since. */
  // AWS: the text for deployments is v1's.
  private static void check(RecordReader records, ApiRecord api, StageRecord stage, Input input) {
    String deploymentId = new Update(input).text(DEPLOYMENT_ID, null);
    if (deploymentId != null && stage.autoDeploy()) {
      throw deploysItself(api);
    }
    if (deploymentId != null
        && records.find(V2RecordTypes.DEPLOYMENT, api.apiId(), deploymentId).isEmpty()) {
      throw ServiceException.badRequest("Deployment id does not exist");
    }
    String certificateId = new Update(input).text("clientCertificateId", null);
    if (certificateId != null
        && records.find(RecordTypes.CLIENT_CERTIFICATE, api.scope(), certificateId).isEmpty()) {
      throw ServiceException.badRequest("Invalid Client Certificate identifier specified");
    }
    if (input.has("accessLogSettings")) {
      StageRules.checkLoggedVariables(api, stage);
    }
    if (!api.isHttp() && StageRules.logs(stage) && setsLogging(input)) {
      LoggingRole.require(records, api.scope());
    }
    if (input.has(ROUTE_SETTINGS)) {
      StageRules.checkRouteKeys(
          stage.routeSettings(),
          records.list(V2RecordTypes.ROUTE, api.apiId()).stream()
              .map(RouteRecord::routeKey)
              .toList());
    }
  }

  private static boolean setsLogging(Input input) {
    return input.has(ROUTE_SETTINGS) || input.has("defaultRouteSettings");
  }

  // AWS: source: reported by users of AWS's clients,
  // https://github.com/go-to-k/cdk-real-drift/issues/667.
  static ServiceException deploysItself(ApiRecord api) {
    return ServiceException.badRequest(
        "Deployment ID cannot be set on this stage %s:%s because AutoDeploy is enabled."
            .formatted(api.accountId(), api.apiId()));
  }

  /** Stores a stage that is as it should be, and publishes it. */
  static void put(
      V2Environment environment, RecordWriter records, ApiRecord api, StageRecord stage) {
    StageRules.check(api, stage);
    String apiId = api.apiId();
    StageRecord before = records.find(V2RecordTypes.STAGE, apiId, stage.stageName()).orElse(null);
    ApiQuotas quotas = environment.apiQuotas();
    if (before == null) {
      quotas.checkStages(apiId, () -> records.count(V2RecordTypes.STAGE, apiId) + 1);
    }
    String owner = "stage %s of API %s".formatted(stage.stageName(), apiId);
    quotas.checkVariables(
        stage.stageVariables(), before == null ? null : before.stageVariables(), owner);
    AccessLogSettings log = stage.accessLogSettings();
    quotas.checkAccessLogFormat(log == null ? null : log.format(), owner);
    records.put(V2RecordTypes.STAGE, apiId, stage.stageName(), stage);
    CertificateStages.changed(
        records,
        apiId,
        stage.stageName(),
        before == null ? null : before.clientCertificateId(),
        stage.clientCertificateId());
    environment.publisher().stageChanged(records, apiId, stage.stageName());
  }

  public ObjectNode getStage(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              Finder finder = new Finder(records, call);
              return Reply.stage(finder.api(), finder.stage());
            });
  }

  public ObjectNode getStages(OperationCall call) {
    ApiRecord api = environment.records().read(records -> new Finder(records, call).api());
    return Lists.ofApi(
        environment,
        call,
        V2RecordTypes.STAGE,
        StageRecord::stageName,
        stage -> Reply.stage(api, stage));
  }

  public ObjectNode updateStage(OperationCall call) {
    Lengths.ofDeploymentOrStage(call.input().json());
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              ApiRecord api = finder.api();
              StageRecord before = finder.stage();
              StageRecord stage = changed(before, new Update(call.input()));
              check(records, api, stage, call.input());
              put(environment, records, api, stage);
              return before.autoDeploy() ? Reply.stage(api, stage) : deployed(records, api, stage);
            });
  }

  public ObjectNode deleteAccessLogSettings(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              StageRecord stage = finder.stage().withAccessLogSettings(null, environment.now());
              put(environment, records, finder.api(), stage);
              return Reply.empty();
            });
  }

  public ObjectNode deleteRouteSettings(OperationCall call) {
    String key = call.input().string("RouteKey");
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              StageRecord stage = finder.stage();
              Map<String, RouteSettings> left = new LinkedHashMap<>(stage.routeSettings());
              if (left.remove(key) == null) {
                throw StageRules.unknownKey(key);
              }
              put(
                  environment,
                  records,
                  finder.api(),
                  stage.withRouteSettings(left, environment.now()));
              return Reply.empty();
            });
  }

  public ObjectNode deleteStage(OperationCall call) {
    ObjectNode reply = deleted(call);
    environment
        .authorizers()
        .flush(StageKey.of(call.input().string("ApiId"), call.input().string("StageName")));
    return reply;
  }

  // AWS: the text is assumed, after that of DeleteApi.
  private ObjectNode deleted(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              String apiId = finder.api().apiId();
              StageRecord stage = finder.stage();
              if (!MappingUse.ofStage(records, apiId, stage.stageName()).isEmpty()) {
                throw ServiceException.badRequest(
                    "Deleting stage %s failed. Please remove all API mappings for the stage from"
                            .formatted(stage.stageName())
                        + " your custom domain names.");
              }
              records.delete(V2RecordTypes.STAGE, apiId, stage.stageName());
              CertificateStages.changed(
                  records, apiId, stage.stageName(), stage.clientCertificateId(), null);
              environment.publisher().stageDeleted(records, apiId, stage.stageName());
              UsagePlanStages.forget(
                  records,
                  call.caller().scope(),
                  environment.publisher(),
                  each -> each.apiId().equals(apiId) && each.stage().equals(stage.stageName()));
              return Reply.empty();
            });
  }

  /** The stage that an ARN names, with its tags. */
  static @Nullable Tagged tagged(RecordReader records, OperationCall call, ResourceArn arn) {
    List<String> ids = arn.nested("apis", "stages");
    if (ids == null) {
      return null;
    }
    String apiId = Apis.find(records, call, ids.getFirst()).apiId();
    StageRecord stage =
        records.find(V2RecordTypes.STAGE, apiId, ids.getLast()).orElseThrow(Finder::noStage);
    return new Tagged(
        stage.tags(),
        (writer, tags) ->
            writer.put(V2RecordTypes.STAGE, apiId, stage.stageName(), stage.withTags(tags)));
  }
}
