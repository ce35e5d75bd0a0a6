package io.portico.gateway.snapshot.websocket;

import io.portico.gateway.jsonpath.CompiledPath;
import java.util.List;

/**
 * A <b>selection expression</b>, parsed once: it makes a key of a message or of a backend's answer,
 * by which a route, a model or a template is selected.
 *
 * @param text as configured
 * @param parts in order
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html">Selection
 *     expressions</a>
 */
public record SelectionExpression(String text, List<Part> parts) {

  /** A piece of the key. */
  public sealed interface Part {}

  /** Text that stands as it is. */
  public record Text(String text) implements Part {}

  /** {@code request.body.…}: what a JSONPath finds in the message. */
  public record Message(CompiledPath path) implements Part {}

  /** {@code integration.response.statuscode}. */
  public record StatusCode() implements Part {
    public static final StatusCode INSTANCE = new StatusCode();
  }

  /** {@code integration.response.header.…} and its multi-value form. */
  public record AnswerHeader(String name, boolean multiValue) implements Part {}
}
