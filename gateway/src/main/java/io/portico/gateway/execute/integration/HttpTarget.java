package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.CanonicalPath;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.http.QueryString;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.UriTemplate;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Path and query a backend is sent. */
final class HttpTarget {
  private HttpTarget() {}

  /**
   * The target: the integration's address filled in, then mapped query parameters, then for a proxy
   * the client's. AWS: recorded, facts REQ-11, REQ-12.
   *
   * @throws GatewayFault {@code DEFAULT_4XX} if a value leads out of the configured path, or could
   */
  static String of(IntegrationRequest request, IntegrationSnapshot.Http http) {
    return of(request, http.path(), http.query(), http.proxy());
  }

  /** The target of an AWS service: as of a backend whose parameters are all mapped. */
  static String of(IntegrationRequest request, IntegrationSnapshot.Service service) {
    return of(request, service.path(), service.query(), false);
  }

  private static String of(
      IntegrationRequest request, UriTemplate pathTemplate, UriTemplate query, boolean proxy) {
    String path = pathTemplate.expand(request.path());
    String defect = request.path().isEmpty() ? null : CanonicalPath.defectIn(path);
    if (defect != null) {
      throw new GatewayFault(GatewayResponseType.DEFAULT_4XX, FaultCause.BACKEND_PATH)
          .because("the backend's path, once its variables are filled in: " + defect);
    }
    String configured = inQuery(query, request);
    Map<String, List<String>> mapped = request.query();
    QueryString client = request.method().parameters().query();
    if (mapped.isEmpty() && (!proxy || client.raw().isEmpty())) {
      return configured.isEmpty() ? path : path + "?" + configured;
    }
    StringBuilder target = new StringBuilder(path);
    char separator = append(target, '?', configured);
    for (Map.Entry<String, List<String>> parameter : mapped.entrySet()) {
      for (String value : parameter.getValue()) {
        separator = append(target, separator, encode(parameter.getKey()) + "=" + encode(value));
      }
    }
    if (proxy) {
      appendClient(target, separator, client.raw(), mapped);
    }
    return target.toString();
  }

  /** A configured query, its variables filled in. */
  static String inQuery(UriTemplate query, IntegrationRequest request) {
    return ConfiguredQuery.of(query, request.path());
  }

  /** The client's parameters as they came, except those that are mapped. */
  private static void appendClient(
      StringBuilder target, char first, String raw, Map<String, List<String>> mapped) {
    if (mapped.isEmpty()) {
      append(target, first, raw);
      return;
    }
    char separator = first;
    for (String parameter : raw.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (!mapped.containsKey(name(equals < 0 ? parameter : parameter.substring(0, equals)))) {
        separator = append(target, separator, parameter);
      }
    }
  }

  private static char append(StringBuilder target, char separator, String text) {
    if (text.isEmpty()) {
      return separator;
    }
    target.append(separator).append(text);
    return '&';
  }

  private static String name(String raw) {
    try {
      return URLDecoder.decode(raw, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // An escape that is none names no mapped parameter.
      return raw;
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
