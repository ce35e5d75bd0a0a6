package io.portico.gateway.snapshot;

import io.portico.gateway.jsonpath.CompiledPath;
import org.jspecify.annotations.Nullable;

/**
 * Where a mapped value comes from.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html">Data
 *     mapping reference</a>
 */
public sealed interface ParameterSource {

  /** {@code 'text'}: the text itself. */
  record Literal(String text) implements ParameterSource {}

  /** {@code method.request.path.<name>}. */
  record PathVariable(String name) implements ParameterSource {}

  /** {@code $request.path} of an HTTP API: without the stage. */
  record RequestPath() implements ParameterSource {}

  /** {@code method.request.querystring.<name>} and its multi-value form. */
  record QueryString(String name, boolean multiValue) implements ParameterSource {}

  /** {@code method.request.header.<name>} and its multi-value form. */
  record RequestHeader(String name, boolean multiValue) implements ParameterSource {}

  /** {@code method.request.body}, or a JSONPath into it. */
  record RequestBody(CompiledPath path) implements ParameterSource {}

  /**
   * {@code context.<name>}.
   *
   * @param variable null for a name that no invocation has a value for
   */
  record Context(@Nullable ContextVariable variable) implements ParameterSource {}

  /** {@code context.authorizer.<name>}. */
  record Authorizer(AuthorizerVariable variable) implements ParameterSource {}

  /** {@code stageVariables.<name>}. */
  record StageVariable(String name) implements ParameterSource {}

  /** {@code integration.response.header.<name>} and its multi-value form. */
  record ResponseHeader(String name, boolean multiValue) implements ParameterSource {}

  /** {@code integration.response.body}, or a JSONPath into it. */
  record ResponseBody(CompiledPath path) implements ParameterSource {}
}
