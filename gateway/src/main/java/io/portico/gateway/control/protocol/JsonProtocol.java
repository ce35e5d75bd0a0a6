package io.portico.gateway.control.protocol;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * AWS JSON 1.1, or 1.0, which differs by the name of its content type: every request is a POST of
 * JSON to the root, and {@code X-Amz-Target} names the operation.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html">AWS JSON 1.1</a>
 */
final class JsonProtocol implements WireProtocol {
  static final String TARGET = "X-Amz-Target";

  private final ServiceModel model;
  private final JsonCoercion coercion;
  private final OutputWriter outputs;

  JsonProtocol(ServiceModel model) {
    this.model = model;
    this.coercion = new JsonCoercion(model);
    this.outputs = new OutputWriter(model);
  }

  @Override
  public Asked read(HttpRequest request) {
    String target = request.headers().first(TARGET);
    Operation operation = target == null ? null : operation(target);
    if (operation == null) {
      // AWS: source: reported by users of AWS's clients; it comes without a text.
      throw new ServiceException("UnknownOperationException", 400, "");
    }
    return new Asked(
        operation,
        () -> input(operation, WireProtocol.body(request, model.api(), operation.name())));
  }

  private @Nullable Operation operation(String target) {
    String prefix = targetPrefix(model.api(), model.apiVersion());
    return target.startsWith(prefix) ? model.operation(target.substring(prefix.length())) : null;
  }

  /** What stands before an operation's name, such as {@code Logs_20140328.}. */
  static String targetPrefix(AwsApi api, String version) {
    return api.target(version) + ".";
  }

  private ObjectNode input(Operation operation, byte[] body) {
    return body.length == 0
        ? Json.object()
        : coercion.structure(operation.input(), JsonCoercion.parse(body));
  }

  @Override
  public @Nullable Operation named(HttpRequest request) {
    return null;
  }

  @Override
  public HttpResponse answer(Operation operation, ObjectNode output, String requestId) {
    ObjectNode members = outputs.members(operation, output);
    return new HttpResponse(
        operation.status(),
        headers(requestId).build(),
        operation.hasOutput() ? Body.of(Json.bytes(members)) : Body.EMPTY);
  }

  @Override
  public HttpResponse refuse(ServiceException refusal, String requestId) {
    ObjectNode body = Json.object().put("__type", model.errorType(refusal.code()));
    if (!refusal.text().isEmpty()) {
      body.put(model.errorText(refusal.code()), refusal.text());
    }
    refusal.details().forEach(body::put);
    Headers.Builder headers = headers(requestId);
    model.addQueryError(headers, refusal);
    return new HttpResponse(refusal.status(), headers.build(), Body.of(Json.bytes(body)));
  }

  /** The content type of an API's requests and answers. */
  static String contentType(AwsApi api) {
    return "application/x-amz-json-" + (api.protocol() == AwsApi.Protocol.JSON ? "1.1" : "1.0");
  }

  private Headers.Builder headers(String requestId) {
    return Headers.builder()
        .add("Content-Type", contentType(model.api()))
        .add("x-amzn-RequestId", requestId);
  }
}
