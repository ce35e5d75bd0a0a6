package io.portico.gateway.compile.httpapi;

import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.jsonpath.CompiledPath;
import io.portico.gateway.jsonpath.JsonPathException;
import io.portico.gateway.snapshot.AuthorizerVariable;
import io.portico.gateway.snapshot.ContextVariable;
import io.portico.gateway.snapshot.ParameterSource;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of HTTP APIs come from: {@code $request.header.name} and its like.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html">
 *     Transform API requests and responses for HTTP APIs</a>
 */
final class RouteExpressions {
  private RouteExpressions() {}

  /**
   * The source that an expression names.
   *
   * @param expression begins with a dollar sign
   */
  static ParameterSource source(String expression) throws UnusableException {
    ParameterSource source = find(expression);
    if (source == null) {
      throw new UnusableException("no expression of a value: " + expression);
    }
    return source;
  }

  private static @Nullable ParameterSource find(String expression) throws UnusableException {
    if (expression.equals("$request.path")) {
      return new ParameterSource.RequestPath();
    }
    String name = behind("$request.header.", expression);
    if (name != null) {
      return new ParameterSource.RequestHeader(name, true);
    }
    name = behind("$request.querystring.", expression);
    if (name != null) {
      return new ParameterSource.QueryString(name, true);
    }
    name = behind("$request.path.", expression);
    if (name != null) {
      return new ParameterSource.PathVariable(name);
    }
    name = behind("$response.header.", expression);
    if (name != null) {
      return new ParameterSource.ResponseHeader(name, true);
    }
    name = behind("$stageVariables.", expression);
    if (name != null) {
      return new ParameterSource.StageVariable(name);
    }
    name = behind("$context.", expression);
    return name == null ? body(expression) : context(name);
  }

  private static @Nullable ParameterSource body(String expression) throws UnusableException {
    String request = rest("$request.body", expression);
    if (request != null) {
      return new ParameterSource.RequestBody(path(request));
    }
    String response = rest("$response.body", expression);
    return response == null ? null : new ParameterSource.ResponseBody(path(response));
  }

  /**
   * AWS: neither recursive descent nor filters; source: documented, see the class.
   *
   * @param rest what stands behind the body: empty, or begins with a dot or a bracket
   */
  private static CompiledPath path(String rest) throws UnusableException {
    if (rest.contains("..") || rest.indexOf('?') >= 0) {
      throw new UnusableException("a JSONPath with recursive descent or a filter: " + rest);
    }
    try {
      return CompiledPath.compile("$" + rest);
    } catch (JsonPathException e) {
      throw new UnusableException(String.valueOf(e.getMessage()));
    }
  }

  /** A variable that no invocation has a value for is one without a value. */
  private static ParameterSource context(String name) {
    ContextVariable variable = ContextVariable.ofHttpApi(name);
    AuthorizerVariable ofAuthorizer = AuthorizerVariable.of(name);
    return variable == null && ofAuthorizer != null
        ? new ParameterSource.Authorizer(ofAuthorizer)
        : new ParameterSource.Context(variable);
  }

  private static @Nullable String behind(String prefix, String expression) {
    return expression.startsWith(prefix) && expression.length() > prefix.length()
        ? expression.substring(prefix.length())
        : null;
  }

  private static @Nullable String rest(String prefix, String expression) {
    if (!expression.startsWith(prefix)) {
      return null;
    }
    String rest = expression.substring(prefix.length());
    return rest.isEmpty() || rest.startsWith(".") || rest.startsWith("[") ? rest : null;
  }
}
