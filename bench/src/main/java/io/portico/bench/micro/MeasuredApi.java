package io.portico.bench.micro;

import io.portico.bench.process.BenchFailure;
import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.SnapshotCompiler;
import io.portico.gateway.compile.UsageCompiler;
import io.portico.gateway.compile.VpcLinks;
import io.portico.gateway.control.openapi.ImportOptions;
import io.portico.gateway.control.openapi.NewApi;
import io.portico.gateway.control.openapi.OpenApiImporter;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.ApiKeyRecord;
import io.portico.gateway.model.DeploymentRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.StageRecord.AccessLogSettings;
import io.portico.gateway.model.StageRecord.MethodSetting;
import io.portico.gateway.model.UsagePlanRecord;
import io.portico.gateway.model.UsagePlanRecord.ApiStage;
import io.portico.gateway.model.UsagePlanRecord.Quota;
import io.portico.gateway.model.UsagePlanRecord.Throttle;
import io.portico.gateway.snapshot.ApiKeySnapshot;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.PersistentTable;
import io.portico.gateway.snapshot.StageSnapshot;
import io.portico.gateway.snapshot.UsageSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API that the parts are measured with, imported and compiled as the control plane does it.
 *
 * <p>{@code api.json} has the methods that map, validate, render and require an API key; beside
 * them stand proxies, {@code /thingsN} and {@code /thingsN/{id}}, to make it large.
 */
final class MeasuredApi {
  static final String ID = "abc1234567";
  static final String STAGE = "bench";
  static final int METHODS = 200;
  static final int API_KEYS = 10_000;

  private static final int THINGS = 39;
  private static final String ACCOUNT = "000000000000";
  private static final String REGION = "us-east-1";
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");
  private static final String PLAN = "plan12";

  /** So much that no loop of calls is refused. */
  private static final Throttle THROTTLE = new Throttle(1_000_000, 1_000_000);

  private static final String LOG_FORMAT =
      """
      {"requestId":"$context.requestId", "ip":"$context.identity.sourceIp", \
      "requestTime":"$context.requestTime", "httpMethod":"$context.httpMethod", \
      "routeKey":"$context.resourcePath", "status":"$context.status", \
      "protocol":"$context.protocol", "responseLength":"$context.responseLength", \
      "latency":"$context.responseLatency", "integrationLatency":"$context.integrationLatency"}\
      """;

  private MeasuredApi() {}

  /** The API as a deployment freezes it. */
  static ApiDefinition definition() {
    return definition(document());
  }

  private static ApiDefinition definition(byte[] document) {
    AtomicInteger ids = new AtomicInteger();
    OpenApiImporter importer =
        new OpenApiImporter(
            () -> "id" + ids.incrementAndGet(),
            Clock.systemUTC(),
            Quotas.standard(Clock.systemUTC()));
    return importer
        .importNew(
            importer.read(document, ACCOUNT, REGION),
            new NewApi(ID, "root", ACCOUNT, REGION),
            VpcLinks.NONE,
            ImportOptions.of(true, Map.of("endpointConfigurationTypes", "REGIONAL"), 0))
        .definition();
  }

  /** The stage, with an access log or without. */
  static StageSnapshot stage(boolean logged) {
    return stage(
        definition(),
        stageRecord(
            logged ? new AccessLogSettings(LOG_FORMAT, "arn:aws:logs:bench") : null,
            null,
            Map.of(),
            false));
  }

  /** The stage with tracing. */
  static StageSnapshot tracedStage() {
    return stage(definition(), stageRecord(null, null, Map.of(), true));
  }

  /** A stage whose {@code /cached} is cached, beside {@code /mocked}, a MOCK. */
  static StageSnapshot cachingStage() {
    MethodSetting caching =
        new MethodSetting(
            false, null, false, -1, -1, true, 3600, false, true, "SUCCEED_WITH_RESPONSE_HEADER");
    return stage(
        definition(resource("cached.json").getBytes(StandardCharsets.UTF_8)),
        stageRecord(null, "0.5", Map.of("cached/GET", caching), false));
  }

  private static StageSnapshot stage(ApiDefinition definition, StageRecord stage) {
    return new SnapshotCompiler(
            CallLimits.AWS,
            new ServiceEndpoints(Map.of(), null, false),
            new FunctionEndpoints(List.of(), null))
        .compile(
            definition.api(),
            new DeploymentRecord("dep123", null, CREATED, definition),
            null,
            stage,
            null,
            VpcLinks.NONE);
  }

  /** The keys of one usage plan, which throttles each of them. */
  static UsageSnapshot usage() {
    return usage(null);
  }

  /** The same, of a plan that has a quota. */
  static UsageSnapshot usage(@Nullable Quota quota) {
    Map<String, ApiKeySnapshot> keys = new HashMap<>();
    for (int i = 0; i < API_KEYS; i++) {
      ApiKeySnapshot key =
          UsageCompiler.compile(
              new ApiKeyRecord(
                  "key" + i, apiKey(i), null, null, null, true, CREATED, CREATED, List.of(), null),
              List.of(PLAN));
      if (key != null) {
        keys.put(key.value(), key);
      }
    }
    UsagePlanRecord plan =
        new UsagePlanRecord(
            PLAN,
            "measured",
            null,
            List.of(new ApiStage(ID, STAGE, null)),
            THROTTLE,
            quota,
            null,
            null);
    return new UsageSnapshot(
        PersistentTable.of(keys), PersistentTable.of(Map.of(PLAN, UsageCompiler.compile(plan))));
  }

  /** The value of a key, {@code i} from 0 to {@link #API_KEYS}. */
  static String apiKey(int i) {
    return "key-%036d".formatted(i);
  }

  private static StageRecord stageRecord(
      @Nullable AccessLogSettings accessLog,
      @Nullable String cacheSize,
      Map<String, MethodSetting> settings,
      boolean traced) {
    return new StageRecord(
        STAGE,
        "dep123",
        null,
        null,
        cacheSize != null,
        cacheSize,
        cacheSize == null ? "NOT_AVAILABLE" : "AVAILABLE",
        settings,
        Map.of("release", "r42"),
        null,
        accessLog,
        null,
        traced,
        null,
        null,
        CREATED,
        CREATED);
  }

  private static byte[] document() {
    ObjectNode document = (ObjectNode) Json.parse(resource("api.json"));
    for (int i = 0; i < THINGS; i++) {
      document.withObject("/paths").setAll(proxies("/things" + i));
    }
    return Json.bytes(document);
  }

  /** Five methods, of a collection and its members. */
  private static ObjectNode proxies(String path) {
    String operation =
        """
        {
          "responses": {},
          "x-amazon-apigateway-integration": {
            "type": "http_proxy", "httpMethod": "GET", "uri": "http://backend.test/thing"
          }
        }""";
    return (ObjectNode)
        Json.parse(
            """
            {
              "%1$s": {"get": %2$s, "post": %2$s},
              "%1$s/{id}": {"get": %2$s, "put": %2$s, "delete": %2$s}
            }"""
                .formatted(path, operation));
  }

  static String resource(String name) {
    try (InputStream stream = MeasuredApi.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new BenchFailure("the bench was built without " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new BenchFailure("cannot read " + name, e);
    }
  }
}
