package io.portico.gateway.control.protocol;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * AWS's Query protocol: a form, or the query of a GET, names the operation as {@code Action}, the
 * API's version and the input; the answer is XML.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">AWS query</a>
 */
final class QueryProtocol implements WireProtocol {
  static final String ACTION = "Action";
  static final String VERSION = "Version";

  private final ServiceModel model;
  private final QueryBinder binder;
  private final OutputWriter outputs;
  private final XmlOutput xml;

  QueryProtocol(ServiceModel model) {
    this.model = model;
    this.binder = new QueryBinder(model);
    this.outputs = new OutputWriter(model);
    this.xml = new XmlOutput(model);
  }

  @Override
  public Asked read(HttpRequest request) {
    NavigableMap<String, String> parameters = new TreeMap<>();
    collect(request.rawQuery(), parameters);
    collect(text(WireProtocol.body(request, model.api(), "requested")), parameters);
    String action = parameters.getOrDefault(ACTION, "");
    if (action.isEmpty()) {
      // AWS: source: documented, "Common errors" of IAM.
      throw new ServiceException(
          "MissingAction", 400, "The request is missing an action or a required parameter.");
    }
    String version = parameters.getOrDefault(VERSION, "NO_VERSION_SPECIFIED");
    Operation operation = model.operation(action);
    if (operation == null || !version.equals(model.apiVersion())) {
      // AWS: source: reported by users of AWS's clients.
      throw new ServiceException(
          "InvalidAction",
          400,
          "Could not find operation %s for version %s".formatted(action, version));
    }
    return new Asked(operation, () -> binder.bind(operation, parameters));
  }

  static String text(byte[] form) {
    return new String(form, StandardCharsets.UTF_8);
  }

  /** Of a name that occurs repeatedly, the first counts. */
  private static void collect(@Nullable String form, NavigableMap<String, String> parameters) {
    for (QueryParameters.Parameter parameter : QueryParameters.parse(form).all()) {
      parameters.putIfAbsent(parameter.name(), parameter.value());
    }
  }

  @Override
  public @Nullable Operation named(HttpRequest request) {
    return null;
  }

  @Override
  public HttpResponse answer(Operation operation, ObjectNode output, String requestId) {
    return new HttpResponse(
        operation.status(),
        headers(requestId),
        Body.of(xml.answer(operation, outputs.members(operation, output), requestId)));
  }

  @Override
  public HttpResponse refuse(ServiceException refusal, String requestId) {
    return new HttpResponse(
        refusal.status(), headers(requestId), Body.of(xml.refusal(refusal, requestId)));
  }

  private static Headers headers(String requestId) {
    return Headers.of("Content-Type", "text/xml", "x-amzn-RequestId", requestId);
  }
}
