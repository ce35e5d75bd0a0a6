package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.TraceFields;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.AwsEndpoint;
import io.portico.gateway.snapshot.LambdaFunction;
import io.portico.gateway.snapshot.ServedStage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls as OpenTelemetry's spans, in the JSON of OTLP: a server span for the call, and a client
 * span beneath it for each that it called. What they say is what X-Ray is told ({@link
 * XRaySegment}), in the names of OpenTelemetry's conventions for HTTP; each stage is a resource, as
 * it is a node there. As there, no URL has a query.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP's JSON</a>
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">Semantic conventions
 *     for HTTP spans</a>
 */
public final class OtlpSpans {
  private static final int SERVER = 2;
  private static final int CLIENT = 3;
  private static final int ERROR = 2;
  private static final int CLIENT_ERRORS = 400;
  private static final int SERVER_ERRORS = 500;

  /** Bits of {@code Span.flags}: sampled; whether the parent is remote is known; it is. */
  private static final int SAMPLED = 1;

  private static final int PARENT_IS_KNOWN = 1 << 8;
  private static final int PARENT_IS_REMOTE = 1 << 9;

  private static final int DEFAULT_PORT = 80;
  private static final int DEFAULT_TLS_PORT = 443;
  private static final long NANOS = 1_000_000_000;

  /** What {@code http.request.method} may say. */
  private static final Set<String> METHODS =
      Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE");

  private final ObjectNode request = Json.object();
  private final ArrayNode resources = request.putArray("resourceSpans");

  /** By the key of their stage. */
  private final Map<String, ArrayNode> spans = new HashMap<>();

  /** Adds the spans of a call; all of them, or none where that fails. */
  public void add(Answer answer) {
    List<ObjectNode> ofCall = new ArrayList<>(2);
    ofCall.add(server(answer));
    TracedStep.of(answer.invocation())
        .forEach(step -> ofCall.add(client(step, answer.invocation())));
    ServedStage stage = answer.invocation().stage();
    spans.computeIfAbsent(stage.key(), key -> spansOf(stage)).addAll(ofCall);
  }

  /** Whether nothing was added. */
  public boolean isEmpty() {
    return spans.isEmpty();
  }

  /** The {@code ExportTraceServiceRequest} of what was added. */
  public ObjectNode request() {
    return request;
  }

  private ArrayNode spansOf(ServedStage stage) {
    ObjectNode resource = resources.addObject();
    new Attributes(resource.putObject("resource"))
        .put("service.name", stage.apiName() + "/" + stage.stageName())
        .put("cloud.provider", "aws")
        .put("cloud.account.id", stage.accountId())
        .put("cloud.region", stage.region())
        .put("cloud.resource_id", XRaySegment.resourceArn(stage))
        .put("aws.api_gateway.rest_api_id", stage.apiId())
        .put("aws.api_gateway.stage", stage.stageName());
    ObjectNode scope = resource.putArray("scopeSpans").addObject();
    scope.putObject("scope").put("name", "portico");
    return scope.putArray("spans");
  }

  private static ObjectNode server(Answer answer) {
    Invocation invocation = answer.invocation();
    HttpRequest request = invocation.request();
    ClientConnection connection = request.connection();
    MethodMatch match = invocation.observations().match();
    String route = match == null ? null : match.method().resourcePath();
    ObjectNode span =
        span(
            invocation,
            invocation.ownSegment(),
            invocation.clientSegment(),
            PARENT_IS_REMOTE,
            named(request.method(), route),
            SERVER,
            request.arrivalNanos(),
            answer.nanos());
    Attributes attributes =
        method(new Attributes(span), request.method())
            .put("url.scheme", connection.scheme())
            .put("url.path", request.rawPath())
            .put("http.route", route)
            .put("http.response.status_code", answer.status())
            .put("http.response.body.size", answer.bodyBytes())
            .put("server.address", invocation.domainName())
            .put("server.port", port(request))
            .put("client.address", connection.remoteIp())
            .put("network.protocol.version", version(request.protocol()))
            .put("user_agent.original", request.headers().first("User-Agent"))
            .put("aws.request_id", invocation.requestId())
            .put("aws.extended_request_id", invocation.extendedRequestId());
    GatewayFault fault = invocation.observations().fault();
    if (fault != null) {
      attributes.put("aws.api_gateway.response_type", fault.type().name());
    }
    if (answer.status() >= SERVER_ERRORS) {
      fail(span, attributes, Integer.toString(answer.status()));
    } else if (!answer.complete()) {
      fail(span, attributes, "incomplete");
    }
    return span;
  }

  private static ObjectNode client(TracedStep step, Invocation invocation) {
    ObjectNode span =
        span(
            invocation,
            step.id(),
            invocation.ownSegment(),
            0,
            name(step),
            CLIENT,
            step.startNanos(),
            step.nanos());
    Attributes attributes = method(new Attributes(span), step.httpMethod());
    switch (step.callee()) {
      case TracedStep.Callee.Function(LambdaFunction function) ->
          server(attributes, function.origin(), function.invokePath())
              .put("faas.invoked_name", function.name())
              .put("faas.invoked_provider", "aws")
              .put("faas.invoked_region", function.region())
              .put("aws.lambda.invoked_arn", function.arn());
      case TracedStep.Callee.Service(AwsEndpoint endpoint, String _) ->
          server(attributes, endpoint.origin(), "/").put("cloud.region", endpoint.region());
      case TracedStep.Callee.Server(Origin origin) -> server(attributes, origin, "/");
    }
    if (step.status() != 0) {
      attributes.put("http.response.status_code", step.status());
    }
    if (step.status() >= CLIENT_ERRORS) {
      fail(span, attributes, Integer.toString(step.status()));
    } else if (step.failure() != null) {
      fail(span, attributes, step.failure());
    }
    return span;
  }

  private static Attributes server(Attributes attributes, Origin origin, String path) {
    return attributes
        .put("server.address", origin.host())
        .put("server.port", origin.port())
        .put("url.full", origin.url() + path);
  }

  /** Services of AWS are called what AWS's own clients call them: service and operation. */
  private static String name(TracedStep step) {
    return switch (step.callee()) {
      case TracedStep.Callee.Function _ -> "Lambda/Invoke";
      case TracedStep.Callee.Service(AwsEndpoint endpoint, @Nullable String action) ->
          action == null ? endpoint.signingName() : endpoint.signingName() + "/" + action;
      case TracedStep.Callee.Server _ -> named(step.httpMethod(), null);
    };
  }

  /** An HTTP span's name: a method that is none of HTTP's own is not in it. */
  private static String named(String method, @Nullable String route) {
    String known = METHODS.contains(method) ? method : "HTTP";
    return route == null ? known : known + " " + route;
  }

  /**
   * What every span has.
   *
   * @param parent 16 hexadecimal digits, or null
   * @param parentFlags those that say where the parent is
   * @param startNanos {@link System#nanoTime}
   */
  private static ObjectNode span(
      Invocation invocation,
      String id,
      @Nullable String parent,
      int parentFlags,
      String name,
      int kind,
      long startNanos,
      long nanos) {
    ObjectNode span = Json.object().put("traceId", invocation.traceDigits()).put("spanId", id);
    if (parent != null) {
      span.put("parentSpanId", parent);
    }
    TraceFields fields = invocation.traceContext().fields();
    List<String> state =
        fields != null && fields.keepsState()
            ? invocation.request().headers().all(TraceFields.STATE)
            : List.of();
    if (!state.isEmpty()) {
      span.put("traceState", String.join(",", state));
    }
    Instant time = invocation.time();
    long start =
        time.getEpochSecond() * NANOS
            + time.getNano()
            + startNanos
            - invocation.request().arrivalNanos();
    return span.put("flags", SAMPLED | PARENT_IS_KNOWN | (parent == null ? 0 : parentFlags))
        .put("name", name)
        .put("kind", kind)
        .put("startTimeUnixNano", Long.toString(start))
        .put("endTimeUnixNano", Long.toString(start + nanos));
  }

  private static void fail(ObjectNode span, Attributes attributes, String type) {
    attributes.put("error.type", type);
    span.putObject("status").put("code", ERROR);
  }

  private static Attributes method(Attributes attributes, String method) {
    return METHODS.contains(method)
        ? attributes.put("http.request.method", method)
        : attributes
            .put("http.request.method", "_OTHER")
            .put("http.request.method_original", method);
  }

  /** That of {@code Host}, or its scheme's own. */
  private static int port(HttpRequest request) {
    String host = request.host();
    int colon = host.lastIndexOf(':');
    String digits = colon < 0 || host.endsWith("]") ? "" : host.substring(colon + 1);
    return digits.matches("[0-9]{1,5}")
        ? Integer.parseInt(digits)
        : request.connection().tls() == null ? DEFAULT_PORT : DEFAULT_TLS_PORT;
  }

  /** {@code 1.1} of {@code HTTP/1.1}, {@code 2} of {@code HTTP/2.0}. */
  private static String version(String protocol) {
    String number = protocol.substring(protocol.indexOf('/') + 1);
    return number.equals("2.0") ? "2" : number;
  }

  /** Attributes of a span or a resource. */
  private record Attributes(ArrayNode all) {
    Attributes(ObjectNode of) {
      this(of.putArray("attributes"));
    }

    /** Without a value there is no attribute. */
    Attributes put(String key, @Nullable String value) {
      if (value != null) {
        all.addObject().put("key", key).putObject("value").put("stringValue", value);
      }
      return this;
    }

    Attributes put(String key, long value) {
      all.addObject().put("key", key).putObject("value").put("intValue", Long.toString(value));
      return this;
    }
  }
}
