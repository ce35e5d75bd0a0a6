package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.CanonicalPath;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.IamCaller;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.execute.integration.SigningCredentials;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.ParameterSource;
import io.portico.gateway.snapshot.httpapi.RouteIntegration;
import io.portico.gateway.snapshot.httpapi.ServiceForm;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code AWS_PROXY} with an action of a service other than Lambda. Its answer goes on as it is.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services.html">
 *     AWS service integrations for HTTP APIs</a>
 */
final class ServiceActionIntegration {
  private final Upstream upstream;
  private final SigningCredentials credentials;
  private final Clock clock;

  /**
   * @param credentials sign the calls
   */
  ServiceActionIntegration(Upstream upstream, SigningCredentials credentials, Clock clock) {
    this.upstream = upstream;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** What a service is sent, before it is signed. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody, changed by nobody
  private record Call(String method, String target, Headers headers, byte[] body) {}

  /**
   * Calls the service.
   *
   * @param caller who signed the call of the route, or null
   */
  EndpointResponse call(
      RouteIntegration.ServiceAction action, RouteMatch match, @Nullable IamCaller caller)
      throws IOException {
    Call call = call(action, values(action, match));
    // Only now: neither does a client's slow content take of the service's time, nor do credentials
    // grow old while it comes.
    long now = System.nanoTime();
    Duration timeout = match.invocation().remaining(action.timeout(), now);
    long deadlineNanos = now + timeout.toNanos();
    Headers signed =
        credentials
            .of(action.signer(), caller, deadlineNanos)
            .of(action.endpoint())
            .sign(
                call.method,
                call.target,
                call.headers.toBuilder().add("Host", action.endpoint().host()).build(),
                call.body,
                clock.instant());
    UpstreamResponse response =
        credentials.heard(
            action.signer(),
            upstream.send(
                match
                    .invocation()
                    .observations()
                    .trail()
                    .sends(
                        new UpstreamRequest(
                            call.method,
                            action.endpoint().origin(),
                            call.target,
                            signed,
                            Body.of(call.body),
                            SigningCredentials.left(action.signer(), timeout, deadlineNanos)))),
            match.stage().payloadLimit(),
            deadlineNanos);
    return new EndpointResponse(
        response.status(), response.headers(), response.body(), deadlineNanos);
  }

  /** The parameters of one call; one whose value is missing is left out. */
  private static Map<String, String> values(
      RouteIntegration.ServiceAction action, RouteMatch match) {
    MappedValues mapped =
        MappedValues.ofRequest(match, action.readsRequest() ? content(match) : null);
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, List<ParameterSource>> parameter : action.parameters().entrySet()) {
      String value = mapped.text(parameter.getValue());
      if (value != null) {
        values.put(parameter.getKey(), value);
      }
    }
    return values;
  }

  private static Payload content(RouteMatch match) {
    Invocation invocation = match.invocation();
    byte[] content =
        invocation.content().read(match.stage().payloadLimit(), invocation.deadlineNanos());
    invocation.takesApart(content);
    return new Payload(content);
  }

  private static Call call(RouteIntegration.ServiceAction action, Map<String, String> values) {
    return switch (action.form()) {
      case ServiceForm.Json form ->
          new Call(
              "POST",
              action.prefix() + "/",
              Headers.of("Content-Type", form.contentType(), "X-Amz-Target", form.target()),
              Json.bytes(document(form, values)));
      case ServiceForm.Query form ->
          new Call(
              "POST",
              action.prefix() + "/",
              Headers.of("Content-Type", "application/x-www-form-urlencoded"),
              QueryForm.of(form, values).getBytes(StandardCharsets.UTF_8));
      case ServiceForm.Rest form ->
          new Call("GET", action.prefix() + target(form, values), Headers.empty(), new byte[0]);
    };
  }

  private static ObjectNode document(ServiceForm.Json form, Map<String, String> values) {
    ObjectNode members = Json.object();
    values.forEach(
        (name, value) -> {
          if (!form.documents().contains(name)) {
            members.put(name, value);
          } else {
            try {
              members.set(name, Json.parse(value));
            } catch (JacksonException e) {
              throw new GatewayFault(
                      GatewayResponseType.BAD_REQUEST_PARAMETERS, FaultCause.MAPPED_PARAMETER)
                  .because(name + " is no JSON: " + e.getOriginalMessage());
            }
          }
        });
    String list = form.list();
    if (list == null) {
      return members;
    }
    ObjectNode document = Json.object();
    document.putArray(list).add(members);
    return document;
  }

  /**
   * Path and query. What a call chooses leads nowhere else than its place in the path: it would be
   * signed there.
   *
   * @throws GatewayFault {@code DEFAULT_4XX} if it would lead elsewhere, or could; {@code
   *     BAD_REQUEST_PARAMETERS} if a part of the path is missing
   */
  private static String target(ServiceForm.Rest form, Map<String, String> values) {
    String path = form.path();
    StringBuilder query = new StringBuilder();
    for (Map.Entry<String, String> parameter : values.entrySet()) {
      String inQuery = form.query().get(parameter.getKey());
      if (inQuery == null && parameter.getValue().isEmpty()) {
        throw missing(path);
      }
      if (inQuery == null) {
        path = path.replace("{" + parameter.getKey() + "}", encoded(parameter.getValue()));
      } else {
        query
            .append(query.isEmpty() ? "?" : "&")
            .append(inQuery)
            .append('=')
            .append(encoded(parameter.getValue()));
      }
    }
    if (path.indexOf('{') >= 0) {
      throw missing(path);
    }
    String defect = CanonicalPath.defectIn(path);
    if (defect != null) {
      throw new GatewayFault(GatewayResponseType.DEFAULT_4XX, FaultCause.BACKEND_PATH)
          .because("the service's path, once its parameters are filled in: " + defect);
    }
    return path + query;
  }

  private static GatewayFault missing(String path) {
    return new GatewayFault(GatewayResponseType.BAD_REQUEST_PARAMETERS, FaultCause.MAPPED_PARAMETER)
        .because("a part of the service's path is missing: " + path);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
