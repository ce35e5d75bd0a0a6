package io.portico.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.portico.gateway.execute.telemetry.MeterClock;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import io.portico.lambda.code.CodeLinks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What Portico says about itself over HTTP, below {@code /_portico}. Read only. */
final class OwnEndpoints implements HttpHandler {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Health health;
  private final PrometheusMeterRegistry meters;
  private final MeterClock meterClock;
  private final AuthorityEndpoint authority;
  private final @Nullable HttpHandler code;
  private final HttpHandler explain;

  /**
   * @param code answers for the code of functions; null without functions
   * @param explain answers why requests were answered as they were
   */
  OwnEndpoints(
      Health health,
      PrometheusMeterRegistry meters,
      MeterClock meterClock,
      AuthorityEndpoint authority,
      @Nullable HttpHandler code,
      HttpHandler explain) {
    this.health = health;
    this.meters = meters;
    this.meterClock = meterClock;
    this.authority = authority;
    this.code = code;
    this.explain = explain;
  }

  /** The store is read for the health, and scraping takes as long as there are meters. */
  @Override
  public boolean isHeavy(HttpRequest request) {
    return true;
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    boolean head = request.method().equals("HEAD");
    if (!head && !request.method().equals("GET")) {
      return json(405, message("Only GET and HEAD are allowed"), "Allow", "GET, HEAD");
    }
    HttpResponse response = answer(request);
    return head ? new HttpResponse(response.status(), response.headers(), Body.EMPTY) : response;
  }

  private HttpResponse answer(HttpRequest request) {
    String path = request.rawPath();
    if (code != null && path.startsWith(CodeLinks.PATH)) {
      return code.handle(request);
    }
    if (AuthorityEndpoint.isAt(path)) {
      return authority.handle(request);
    }
    if (ExplainEndpoint.isAt(path)) {
      return explain.handle(request);
    }
    return switch (path) {
      case "/_portico/health/live" -> json(200, Json.object().put("status", "live"));
      case "/_portico/health/ready" -> json(health.ready() ? 200 : 503, health.report());
      case SharedPort.HEALTH_ALIAS -> json(health.ready() ? 200 : 503, services());
      case "/_portico/version" -> json(200, Version.current().json());
      case "/_portico/metrics" -> metrics();
      default -> json(404, message("Portico has nothing at " + path));
    };
  }

  private HttpResponse metrics() {
    meterClock.look();
    return new HttpResponse(
        200, Headers.of("Content-Type", PROMETHEUS_TEXT), Body.of(meters.scrape(PROMETHEUS_TEXT)));
  }

  /** The shape that scripts waiting for an emulator of AWS look at. */
  private ObjectNode services() {
    ObjectNode report = health.report();
    String state = health.ready() ? "running" : "starting";
    report.putObject("services").put("apigateway", state);
    report.put("edition", "portico");
    report.put("version", Version.current().number());
    return report;
  }

  private static ObjectNode message(String text) {
    return Json.object().put("message", text);
  }

  private static HttpResponse json(int status, JsonNode content, String... headers) {
    Headers.Builder all = Headers.of(headers).toBuilder().set("Content-Type", "application/json");
    return new HttpResponse(status, all.build(), Body.of(Json.bytes(content)));
  }
}
