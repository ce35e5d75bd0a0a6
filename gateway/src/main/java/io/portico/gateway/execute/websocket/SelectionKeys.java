package io.portico.gateway.execute.websocket;

import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.ParameterValues;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.jsonpath.CompiledPath;
import io.portico.gateway.jsonpath.JsonPathException;
import io.portico.gateway.snapshot.websocket.SelectionExpression;
import io.portico.gateway.snapshot.websocket.SelectionExpression.AnswerHeader;
import io.portico.gateway.snapshot.websocket.SelectionExpression.Message;
import io.portico.gateway.snapshot.websocket.SelectionExpression.Part;
import io.portico.gateway.snapshot.websocket.SelectionExpression.StatusCode;
import io.portico.gateway.snapshot.websocket.SelectionExpression.Text;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Evaluates <b>selection expressions</b>.
 *
 * <p>AWS: what a path does not find is empty text; what it finds is written as text, a list as
 * {@code [item1, item2]}; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html.
 */
final class SelectionKeys {
  private SelectionKeys() {}

  /** The key, or null where it takes JSON to know it and the message is none. */
  static @Nullable String ofMessage(
      SelectionExpression expression, Payload message, Invocation invocation) {
    return key(expression, message, null, invocation);
  }

  /** The same of an expression that may ask for the backend's answer. */
  static @Nullable String ofAnswer(
      SelectionExpression expression,
      Payload message,
      EndpointResponse answer,
      Invocation invocation) {
    return key(expression, message, answer, invocation);
  }

  private static @Nullable String key(
      SelectionExpression expression,
      Payload message,
      @Nullable EndpointResponse answer,
      Invocation invocation) {
    StringBuilder key = new StringBuilder();
    for (Part part : expression.parts()) {
      String text =
          switch (part) {
            case Text fixed -> fixed.text();
            case Message found -> found(found.path(), message, invocation);
            case StatusCode _ -> answer == null ? "" : Integer.toString(answer.status());
            case AnswerHeader header -> answer == null ? "" : header(header, answer);
          };
      if (text == null) {
        return null;
      }
      key.append(text);
    }
    return key.toString();
  }

  private static @Nullable String found(CompiledPath path, Payload message, Invocation invocation) {
    Object document;
    try {
      document = message.document();
    } catch (JacksonException e) {
      return null;
    }
    try {
      return text(path.read(document, invocation.computeTime()));
    } catch (JsonPathException e) {
      throw GatewayFault.misconfigured("a selection expression failed: " + e.getMessage());
    }
  }

  private static String text(@Nullable Object found) {
    return switch (found) {
      case null -> "";
      case List<?> list ->
          list.stream().map(SelectionKeys::text).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> found.toString();
    };
  }

  private static String header(AnswerHeader header, EndpointResponse answer) {
    if (header.multiValue()) {
      return String.join("", ParameterValues.joined(answer.headers().all(header.name())));
    }
    String value = answer.headers().last(header.name());
    return value == null ? "" : value;
  }
}
