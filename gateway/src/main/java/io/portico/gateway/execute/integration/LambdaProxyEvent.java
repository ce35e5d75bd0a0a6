package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.AuthorizerContext;
import io.portico.gateway.execute.ContextValues;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.ContextVariable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The event a function behind {@code AWS_PROXY} gets, payload format 1.0.
 *
 * <p>AWS: recorded, facts PRX-01 to PRX-14.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format">Input
 *     format of a Lambda function for proxy integration</a>
 */
final class LambdaProxyEvent {
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

  private LambdaProxyEvent() {}

  static byte[] of(IntegrationRequest request, MethodMatch match) {
    Invocation invocation = match.invocation();
    MethodRequest method = request.method();
    Map<String, List<String>> headers = headers(method.parameters().headers());
    Map<String, List<String>> query = method.parameters().query().asMap();
    byte[] body = request.bytes();
    boolean binary =
        body.length > 0 && match.stage().binaryMediaTypes().matches(method.contentType());

    ObjectNode event = Json.object();
    event.put("resource", match.method().resourcePath());
    event.put("path", invocation.path().ofEvent());
    event.put("httpMethod", method.httpMethod());
    putLast(event, "headers", headers);
    putAll(event, "multiValueHeaders", headers);
    putLast(event, "queryStringParameters", query);
    putAll(event, "multiValueQueryStringParameters", query);
    putTexts(event, "pathParameters", match.pathVariables());
    putTexts(event, "stageVariables", match.stage().variables());
    event.set("requestContext", requestContext(invocation));
    event.put("body", body(body, binary));
    event.put("isBase64Encoded", binary);
    return Json.bytes(event);
  }

  private static ObjectNode requestContext(Invocation invocation) {
    ObjectNode context = Json.object();
    putValues(context, List.of(ContextVariable.RESOURCE_ID), invocation);
    putAuthorizer(context, invocation.observations().caller().authorizer());
    putValues(context, BEFORE_IDENTITY, invocation);
    putValues(context.putObject("identity"), ContextValues.ofIdentity(invocation), invocation);
    putValues(context, BEHIND_IDENTITY, invocation);
    if (invocation.stage().deploymentId() == null) {
      context.remove(ContextVariable.DEPLOYMENT_ID.memberName());
    }
    return context;
  }

  /** AWS: the second member, as in {@code $context}; source: inferred. */
  private static void putAuthorizer(ObjectNode context, @Nullable AuthorizerContext said) {
    if (said == null) {
      return;
    }
    ObjectNode authorizer = context.putObject("authorizer");
    said.texts().forEach(authorizer::put);
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
  private static Map<String, List<String>> headers(Headers client) {
    Headers.Builder complete = Headers.builder();
    for (Headers.Field field : client) {
      if (!ClientSignature.is(field.name(), field.value())) {
        complete.addChecked(cased(field.name()), field.value());
      }
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

  private static @Nullable String body(byte[] body, boolean binary) {
    if (body.length == 0) {
      return null;
    }
    return binary
        ? Base64.getEncoder().encodeToString(body)
        : new String(body, StandardCharsets.UTF_8);
  }

  private static void putLast(ObjectNode event, String name, Map<String, List<String>> values) {
    if (values.isEmpty()) {
      event.putNull(name);
    } else {
      ObjectNode node = event.putObject(name);
      values.forEach((key, all) -> node.put(key, all.getLast()));
    }
  }

  private static void putAll(ObjectNode event, String name, Map<String, List<String>> values) {
    if (values.isEmpty()) {
      event.putNull(name);
    } else {
      ObjectNode node = event.putObject(name);
      values.forEach((key, all) -> all.forEach(node.putArray(key)::add));
    }
  }

  private static void putTexts(ObjectNode event, String name, Map<String, String> values) {
    if (values.isEmpty()) {
      event.putNull(name);
    } else {
      ObjectNode node = event.putObject(name);
      values.forEach(node::put);
    }
  }
}
