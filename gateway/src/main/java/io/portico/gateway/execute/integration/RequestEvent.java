package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.AuthorizerCall;
import io.portico.gateway.execute.AuthorizerContext;
import io.portico.gateway.execute.ContextValues;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.execute.RequestParameters;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.ContextVariable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the events of functions say of a request, its body aside: those behind {@code AWS_PROXY} and
 * those of authorizers of type REQUEST.
 *
 * <p>AWS: recorded, facts PRX-01 to PRX-14.
 */
public final class RequestEvent {
  /** What stands in {@code requestContext} between {@code authorizer} and {@code identity}. */
  private static final List<ContextVariable> BEFORE_IDENTITY =
      List.of(
          ContextVariable.RESOURCE_PATH,
          ContextVariable.HTTP_METHOD,
          ContextVariable.EXTENDED_REQUEST_ID,
          ContextVariable.REQUEST_TIME,
          ContextVariable.PATH,
          ContextVariable.ACCOUNT_ID,
          ContextVariable.PROTOCOL,
          ContextVariable.STAGE,
          ContextVariable.DOMAIN_PREFIX,
          ContextVariable.REQUEST_TIME_EPOCH,
          ContextVariable.REQUEST_ID);

  private static final List<ContextVariable> BEHIND_IDENTITY =
      List.of(ContextVariable.DOMAIN_NAME, ContextVariable.DEPLOYMENT_ID, ContextVariable.API_ID);

  private RequestEvent() {}

  /**
   * Adds the request to an event.
   *
   * @param headers those of the client that the function is to see
   * @param absent what stands for parameters where there are none, such as {@code null}
   */
  public static void put(
      ObjectNode event,
      RequestParameters parameters,
      Headers headers,
      MethodMatch match,
      JsonNode absent) {
    Invocation invocation = match.invocation();
    event.put("resource", match.method().resourcePath());
    event.put("path", invocation.path().ofEvent());
    event.put("httpMethod", invocation.httpMethod());
    putParameters(event, parameters, headers, absent);
    event.set("pathParameters", texts(match.pathVariables(), absent));
    event.set("stageVariables", texts(match.stage().variables(), absent));
    event.set("requestContext", requestContext(invocation));
  }

  /**
   * Adds header fields and query parameters to an event.
   *
   * @see #put
   */
  public static void putParameters(
      ObjectNode event, RequestParameters parameters, Headers headers, JsonNode absent) {
    Map<String, List<String>> named = named(headers);
    Map<String, List<String>> query = parameters.query().asMap();
    event.set("headers", last(named, absent));
    event.set("multiValueHeaders", all(named, absent));
    event.set("queryStringParameters", last(query, absent));
    event.set("multiValueQueryStringParameters", all(query, absent));
  }

  private static ObjectNode requestContext(Invocation invocation) {
    ObjectNode context = Json.object();
    putValues(context, List.of(ContextVariable.RESOURCE_ID), invocation);
    putAuthorizer(context, invocation.observations());
    putValues(context, BEFORE_IDENTITY, invocation);
    putValues(context.putObject("identity"), ContextValues.ofIdentity(invocation), invocation);
    putValues(context, BEHIND_IDENTITY, invocation);
    if (invocation.stage().deploymentId() == null) {
      context.remove(ContextVariable.DEPLOYMENT_ID.memberName());
    }
    return context;
  }

  /**
   * Adds what an authorizer said, if one was asked. AWS: the second member, as in {@code $context};
   * source: inferred.
   */
  public static void putAuthorizer(ObjectNode context, Observations observations) {
    AuthorizerContext said = observations.caller().authorizer();
    if (said == null) {
      return;
    }
    ObjectNode authorizer = context.putObject("authorizer");
    said.values().forEach(authorizer::put);
    // AWS: a number, 0 where the answer was kept; source: events that users have published, such as
    // https://github.com/CodeGenieApp/serverless-express/issues/551.
    // Of user pools there are the claims alone:
    // https://repost.aws/questions/QUFJRBaEJRSmmqarNrvCWoQA/aws-cognito-group.
    AuthorizerCall call = observations.authorizerCall();
    if (call != null && said.claims() == null) {
      authorizer.put(
          ContextVariable.AUTHORIZER_INTEGRATION_LATENCY.memberName(),
          call.functionNanos() / 1_000_000);
    }
    if (said.claims() != null) {
      said.claims().forEach(authorizer.putObject("claims")::put);
    }
  }

  private static void putValues(
      ObjectNode node, List<ContextVariable> variables, Invocation invocation) {
    for (ContextVariable variable : variables) {
      Object value = ContextValues.value(variable, invocation);
      if (value instanceof Long number) {
        node.put(variable.memberName(), number);
      } else {
        node.put(variable.memberName(), value == null ? null : value.toString());
      }
    }
  }

  /** Every value by name; a name in several casings is one, in the casing it came in first. */
  private static Map<String, List<String>> named(Headers headers) {
    Headers.Builder complete = Headers.builder();
    for (Headers.Field field : headers) {
      complete.addChecked(cased(field.name()), field.value());
    }
    Headers all = complete.build();
    Map<String, List<String>> byName = new LinkedHashMap<>();
    Map<String, String> casings = new LinkedHashMap<>();
    for (Headers.Field field : all) {
      String folded = field.name().toLowerCase(Locale.ROOT);
      if (casings.putIfAbsent(folded, field.name()) == null) {
        byName.put(field.name(), all.all(field.name()));
      }
    }
    return byName;
  }

  /** AWS: the client's casing stands but for these; source: recorded, facts PRX-11. */
  private static String cased(String name) {
    return name.equalsIgnoreCase("Authorization")
        ? "Authorization"
        : name.equalsIgnoreCase("Host") ? "Host" : name;
  }

  private static JsonNode last(Map<String, List<String>> values, JsonNode absent) {
    if (values.isEmpty()) {
      return absent;
    }
    ObjectNode node = Json.object();
    values.forEach((key, all) -> node.put(key, all.getLast()));
    return node;
  }

  private static JsonNode all(Map<String, List<String>> values, JsonNode absent) {
    if (values.isEmpty()) {
      return absent;
    }
    ObjectNode node = Json.object();
    values.forEach((key, all) -> all.forEach(node.putArray(key)::add));
    return node;
  }

  /** Texts by name, or what stands for none. */
  public static JsonNode texts(Map<String, String> values, JsonNode absent) {
    if (values.isEmpty()) {
      return absent;
    }
    ObjectNode node = Json.object();
    values.forEach(node::put);
    return node;
  }
}
