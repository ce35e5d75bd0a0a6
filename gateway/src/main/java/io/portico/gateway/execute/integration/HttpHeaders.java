package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.HeaderNames;
import io.portico.gateway.execute.HeaderText;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodOverride;
import io.portico.gateway.execute.TraceFields;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import java.util.List;
import java.util.Map;

/** The headers an HTTP backend is sent. */
final class HttpHeaders {
  private static final String API_ID = "x-amzn-apigateway-api-id";

  /**
   * Not handed on, beside what the front end has kept. AWS: recorded, facts REQ-02, REQ-03, and
   * documented, see {@link MethodOverride}; the client's word for the API is not taken.
   */
  private static final HeaderNames NOT_FORWARDED =
      HeaderNames.of("Content-Encoding", "Host", MethodOverride.HEADER, "Via", API_ID);

  /**
   * AWS: not delivered where mappings set them; source: recorded, facts REQ-05. Assumed of what
   * templates override.
   */
  private static final HeaderNames NOT_DELIVERED =
      HeaderNames.of("Connection", "Expect", "Proxy-Authenticate", "TE", "Via");

  /**
   * AWS: a mapping of these fails every request; source: recorded, facts REQ-06. Assumed of what
   * templates override, which is known only now.
   */
  private static final HeaderNames FRAMING = HeaderNames.of("Content-Length", "Transfer-Encoding");

  private HttpHeaders() {}

  /** {@code HTTP_PROXY}: the client's own, and what the gateway adds. */
  static Headers forwarded(IntegrationRequest request, Invocation invocation) {
    Headers client = request.method().parameters().headers();
    Map<String, List<String>> mapped = request.headers();
    TraceFields trace = invocation.traceContext().fields();
    Headers.Builder headers = Headers.builder();
    for (int i = 0; i < client.size(); i++) {
      String name = client.name(i);
      if (!NOT_FORWARDED.contains(name)
          && !ClientSignature.is(name, client.value(i))
          && (trace == null || !trace.replaces(name))
          && (mapped.isEmpty() || !isMapped(mapped, name))) {
        headers.addChecked(name, client.value(i));
      }
    }
    addUnlessMapped(headers, mapped, API_ID, invocation.stage().apiId());
    if (trace != null) {
      addUnlessMapped(headers, mapped, TraceFields.PARENT, trace.traceParent());
    }
    addMapped(headers, mapped);
    return headers.build();
  }

  /** {@code HTTP}: nothing of the client's. AWS: recorded, facts REQ-01. */
  static Headers own(IntegrationRequest request, Invocation invocation) {
    Map<String, List<String>> mapped = request.headers();
    String apiId = invocation.stage().apiId();
    Headers.Builder headers = Headers.builder();
    addUnlessMapped(headers, mapped, "Accept", "application/json");
    addUnlessMapped(headers, mapped, "User-Agent", "AmazonAPIGateway_" + apiId);
    if (!(request.body() instanceof Body.Empty)) {
      String type = request.contentType();
      addUnlessMapped(headers, mapped, "Content-Type", type == null ? "application/json" : type);
    }
    addUnlessMapped(headers, mapped, "X-Amzn-Trace-Id", invocation.traceId());
    addTrace(headers, mapped, invocation);
    addUnlessMapped(headers, mapped, "X-Amzn-Apigateway-Api-Id", apiId);
    addMapped(headers, mapped);
    return headers.build();
  }

  private static void addTrace(
      Headers.Builder headers, Map<String, List<String>> mapped, Invocation invocation) {
    TraceFields trace = invocation.traceContext().fields();
    if (trace == null) {
      return;
    }
    addUnlessMapped(headers, mapped, TraceFields.PARENT, trace.traceParent());
    if (trace.keepsState()) {
      for (String state : invocation.request().headers().all(TraceFields.STATE)) {
        addUnlessMapped(headers, mapped, TraceFields.STATE, state);
      }
    }
  }

  private static void addUnlessMapped(
      Headers.Builder headers, Map<String, List<String>> mapped, String name, String value) {
    if (mapped.isEmpty() || !isMapped(mapped, name)) {
      headers.addChecked(name, value);
    }
  }

  /**
   * What mappings set and templates override.
   *
   * @throws GatewayFault {@code API_CONFIGURATION_ERROR} for framing, which is nobody's to set, and
   *     for a second {@code Host}, which nobody could send
   */
  private static void addMapped(Headers.Builder headers, Map<String, List<String>> mapped) {
    if (mapped.isEmpty()) {
      return;
    }
    mapped.forEach(
        (name, values) -> {
          if (FRAMING.contains(name)) {
            throw GatewayFault.misconfigured("header " + name + " cannot be set");
          }
          if (NOT_DELIVERED.contains(name)) {
            return;
          }
          for (String value : values) {
            if (name.equalsIgnoreCase("Host") && headers.contains("Host")) {
              throw GatewayFault.misconfigured("more than one Host is mapped");
            }
            HeaderText.add(headers, name, value);
          }
        });
  }

  /** AWS: whatever the casing; source: recorded, facts REQ-10. */
  private static boolean isMapped(Map<String, List<String>> mapped, String name) {
    for (String other : mapped.keySet()) {
      if (other.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
