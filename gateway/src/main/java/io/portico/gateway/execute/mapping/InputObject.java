package io.portico.gateway.execute.mapping;

import io.portico.gateway.execute.Payload;
import io.portico.gateway.execute.RequestParameters;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.PlainJson;
import io.portico.gateway.jsonpath.CompiledPaths;
import io.portico.gateway.jsonpath.JsonPathException;
import io.portico.gateway.vtl.Budget;
import io.portico.gateway.vtl.VtlException;
import io.portico.gateway.vtl.VtlObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * {@code $input} in a template: a body and the parameters of the request.
 *
 * <p>AWS: a path that leads nowhere, and any path into a body that is no JSON, gives nothing;
 * source: recorded, facts VTL-03, and second-hand, facts SEC-11.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#input-variable-reference">$input
 *     variables</a>
 */
final class InputObject extends VtlObject {
  private final Payload body;
  private final RequestParameters parameters;
  private final CompiledPaths paths;
  private boolean charged;

  InputObject(Payload body, RequestParameters parameters, CompiledPaths paths) {
    this.body = body;
    this.parameters = parameters;
    this.paths = paths;
  }

  @Override
  public @Nullable Object property(String name) {
    return switch (name) {
      case "body" -> body.text();
      case "params" -> params();
      default -> null;
    };
  }

  @Override
  public @Nullable Object call(String method, Object[] arguments, Budget budget) {
    if (arguments.length == 0) {
      return method.equals("params") ? params() : null;
    }
    if (arguments.length > 1) {
      return null;
    }
    String argument = text(arguments[0], budget);
    return switch (method) {
      case "path" -> find(argument, budget);
      case "json" -> json(argument, budget);
      case "params" -> param(argument);
      default -> null;
    };
  }

  /** AWS: what is not there is the JSON text {@code ""}; source: second-hand, facts SEC-11. */
  private String json(String path, Budget budget) {
    Object found = find(path, budget);
    try {
      String text = found == null ? "\"\"" : PlainJson.text(found, budget.outputLimit());
      budget.charge(text.length());
      return text;
    } catch (IllegalStateException e) {
      throw new VtlException(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Object find(String path, Budget budget) {
    budget.charge(path.length());
    try {
      return paths.get(path).read(document(budget), budget.time());
    } catch (JsonPathException e) {
      throw new VtlException(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Object document(Budget budget) {
    if (!charged) {
      charged = true;
      budget.charge(body.text().length());
    }
    try {
      return body.document();
    } catch (JacksonException e) {
      return null;
    }
  }

  /** AWS: path, query string and header, in this order; source: recorded, facts VTL-10. */
  private @Nullable Object param(String name) {
    String path = parameters.path().get(name);
    if (path != null) {
      return path;
    }
    String query = parameters.query().last(name);
    return query == null ? parameters.headers().last(name) : query;
  }

  /**
   * AWS: path, query string, header; source: recorded, facts VTL-10. Each in the order of a Java
   * HashMap; source: inferred from the recorded orders of {@code $context} (facts VTL-13, VTL-15),
   * which are a HashMap's.
   */
  private Map<String, Object> params() {
    Map<String, Object> path = new HashMap<>();
    parameters.path().forEach(path::put);
    Map<String, Object> query = new HashMap<>();
    parameters.query().asMap().forEach((name, values) -> query.put(name, values.getLast()));
    Map<String, Object> headers = new HashMap<>();
    for (Headers.Field field : parameters.headers()) {
      headers.put(field.name(), field.value());
    }
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("path", path);
    params.put("querystring", query);
    params.put("header", headers);
    return params;
  }

  @Override
  public String toString() {
    return "";
  }
}
