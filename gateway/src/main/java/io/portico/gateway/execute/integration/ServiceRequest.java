package io.portico.gateway.execute.integration;

import io.portico.gateway.aws.AwsService.JsonProtocol;
import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.HeaderNames;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.MediaType;
import io.portico.gateway.http.QueryString;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.AwsAction;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an AWS service is sent, before it is signed.
 *
 * @param target raw path and query
 * @param headers {@code Host} included
 * @param wrappedAction the action whose answer is put into the form that AWS's query protocol has,
 *     or null
 */
@SuppressWarnings("ArrayRecordComponent")
record ServiceRequest(
    String method, String target, Headers headers, byte[] body, @Nullable String wrappedAction) {
  private static final String TARGET = "X-Amz-Target";
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String JSON_TYPES = "application/x-amz-json-";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Set<String> OF_THE_PROTOCOL = Set.of("Action", "Version");
  private static final byte[] EMPTY_DOCUMENT = "{}".getBytes(StandardCharsets.UTF_8);

  /**
   * AWS: a mapping of these fails every request; source: recorded, facts REQ-06, REQ-07. Assumed of
   * what templates override, which is known only now.
   */
  private static final HeaderNames NEVER =
      HeaderNames.of(
          "Authorization",
          "Connection",
          "Content-Length",
          "Expect",
          "Proxy-Authenticate",
          "TE",
          "Transfer-Encoding");

  /** What the signature says itself. */
  private static final List<String> OF_THE_SIGNATURE =
      List.of("X-Amz-Content-Sha256", "X-Amz-Date", "X-Amz-Security-Token");

  static ServiceRequest of(
      IntegrationRequest request, IntegrationSnapshot.Service service, Invocation invocation) {
    AwsAction action = service.action();
    if (action != null) {
      return ofAction(request, action, service, invocation);
    }
    String method = service.httpMethod();
    return new ServiceRequest(
        method == null ? request.method().httpMethod() : method,
        target(request, service),
        headers(request, service, invocation),
        request.bytes(),
        null);
  }

  private static String target(IntegrationRequest request, IntegrationSnapshot.Service service) {
    String target = HttpTarget.of(request, service);
    if (!service.endpoint().signingName().equals("s3")) {
      return target;
    }
    int query = target.indexOf('?');
    return query < 0
        ? SigV4Signer.pathOfS3(target)
        : SigV4Signer.pathOfS3(target.substring(0, query)) + target.substring(query);
  }

  /**
   * An action in the JSON protocol. Its input is the body; or it is parameters, and then the answer
   * has the form of the query protocol.
   *
   * <p>AWS: what becomes of a proxy's request is not described; that its body is the input, as it
   * is, is assumed.
   *
   * <p>AWS: parameters go before a body; source: recorded, facts REQ-17, and second-hand, facts
   * SEC-14. That a {@code Content-Type} or {@code X-Amz-Target} of JSON asks for the body is
   * documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-kinesis.html.
   * Whatever else the type is, AWS's services take the body as a document, for {@code Action} says
   * enough (documented there); those who are called in the protocol itself want its type.
   */
  private static ServiceRequest ofAction(
      IntegrationRequest request,
      AwsAction action,
      IntegrationSnapshot.Service service,
      Invocation invocation) {
    JsonProtocol protocol = action.protocol();
    Map<String, List<String>> mapped = new LinkedHashMap<>(request.headers());
    String type = first(mapped, CONTENT_TYPE);
    boolean json = service.proxy() || isJson(type) || first(mapped, TARGET) != null;
    boolean form = type != null && FORM.equals(MediaType.of(type));
    Map<String, List<String>> parameters = json ? Map.of() : parameters(request, service, form);
    byte[] body = request.bytes();
    // By the form, not by whether a parameter came: else who leaves one out chooses the answer's.
    boolean query = !json && (form || body.length == 0 || !parameters.isEmpty());
    byte[] input =
        query
            ? Json.bytes(QueryParameters.document(parameters, protocol))
            : body.length == 0 ? EMPTY_DOCUMENT : body;
    mapped.keySet().removeIf(CONTENT_TYPE::equalsIgnoreCase);
    mapped.put(
        CONTENT_TYPE,
        List.of(type != null && type.startsWith(JSON_TYPES) ? type : protocol.contentType()));
    if (first(mapped, TARGET) == null) {
      mapped.put(TARGET, List.of(protocol.target(action.name())));
    }
    IntegrationRequest inJson =
        new IntegrationRequest(
            request.method(), request.path(), Map.of(), mapped, Body.of(input), null);
    return new ServiceRequest(
        "POST",
        service.path().expand(Map.of()),
        headers(inJson, service, invocation),
        input,
        query ? action.name() : null);
  }

  /**
   * {@code application/x-amz-json-1.1}, and what AWS's own example writes: {@code x-amz-json-1.1}.
   */
  private static boolean isJson(@Nullable String contentType) {
    return contentType != null && contentType.toLowerCase(Locale.ROOT).contains("x-amz-json-");
  }

  /** The parameters of an action; what names the action itself is none. */
  private static Map<String, List<String>> parameters(
      IntegrationRequest request, IntegrationSnapshot.Service service, boolean form) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    if (form) {
      String body = new String(request.bytes(), StandardCharsets.UTF_8);
      all.putAll(new QueryString(body).asMap());
    }
    all.putAll(new QueryString(HttpTarget.inQuery(service.query(), request)).asMap());
    all.putAll(request.query());
    all.keySet().removeAll(OF_THE_PROTOCOL);
    return all;
  }

  private static Headers headers(
      IntegrationRequest request, IntegrationSnapshot.Service service, Invocation invocation) {
    for (String name : request.headers().keySet()) {
      if (NEVER.contains(name)) {
        throw GatewayFault.misconfigured("header " + name + " cannot be set");
      }
    }
    Headers.Builder headers = HttpHeaders.own(request, invocation).toBuilder();
    OF_THE_SIGNATURE.forEach(headers::remove);
    if (first(request.headers(), "Accept") == null) {
      headers.set("Accept", service.accept());
    }
    return headers.set("Host", service.endpoint().host()).build();
  }

  private static @Nullable String first(Map<String, List<String>> headers, String name) {
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(name) && !header.getValue().isEmpty()) {
        return header.getValue().getFirst();
      }
    }
    return null;
  }
}
