package io.portico.gateway.control.protocol;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Cbor;
import io.portico.gateway.json.CborWriter;
import io.portico.gateway.json.Json;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Smithy RPC v2 CBOR: every request is a POST of CBOR, and the path names service and operation.
 *
 * @see <a href="https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html">Smithy RPC v2
 *     CBOR</a>
 */
final class CborProtocol implements WireProtocol {
  /** Names the protocol, in requests and in answers. */
  static final String HEADER = "Smithy-Protocol";

  static final String NAME = "rpc-v2-cbor";
  static final String CONTENT_TYPE = "application/cbor";

  private static final Pattern PATH = Pattern.compile(".*/service/([^/]+)/operation/([^/]+)");

  private final ServiceModel model;
  private final JsonCoercion coercion;
  private final OutputWriter outputs;

  CborProtocol(ServiceModel model) {
    this.model = model;
    this.coercion = new JsonCoercion(model);
    this.outputs = new OutputWriter(model);
  }

  static boolean isSpokenIn(HttpRequest request) {
    return NAME.equals(request.headers().first(HEADER));
  }

  /** The service that a path names, such as {@code GraniteServiceVersion20100801}, or null. */
  static @Nullable String service(String path) {
    Matcher named = PATH.matcher(path);
    return named.matches() ? named.group(1) : null;
  }

  @Override
  public Asked read(HttpRequest request) {
    Matcher named = PATH.matcher(request.rawPath());
    Operation operation =
        named.matches() && named.group(1).equals(model.api().target(model.apiVersion()))
            ? model.operation(named.group(2))
            : null;
    if (operation == null || !request.method().equals("POST")) {
      // AWS: unknown; 404 is what servers that Smithy generates answer.
      throw new ServiceException("UnknownOperationException", 404, "");
    }
    return new Asked(
        operation,
        () -> input(operation, WireProtocol.body(request, model.api(), operation.name())));
  }

  private ObjectNode input(Operation operation, byte[] body) {
    return body.length == 0 ? Json.object() : coercion.structure(operation.input(), parse(body));
  }

  private static JsonNode parse(byte[] body) {
    try {
      return Cbor.parse(body);
    } catch (JacksonException e) {
      // AWS: its words are inferred from those about JSON.
      throw JsonCoercion.serialization("Unable to parse the request body as CBOR");
    }
  }

  @Override
  public @Nullable Operation named(HttpRequest request) {
    return null;
  }

  @Override
  public HttpResponse answer(Operation operation, ObjectNode output, String requestId) {
    ObjectNode members = outputs.members(operation, output);
    if (!operation.hasOutput()) {
      return new HttpResponse(operation.status(), headers(requestId).build(), Body.EMPTY);
    }
    CborWriter cbor = new CborWriter();
    structure(cbor, operation.output(), members);
    return new HttpResponse(
        operation.status(),
        headers(requestId).set("Content-Type", CONTENT_TYPE).build(),
        Body.of(cbor.bytes()));
  }

  @Override
  public HttpResponse refuse(ServiceException refusal, String requestId) {
    CborWriter cbor = new CborWriter().openMap(2 + refusal.details().size());
    cbor.name("__type").text(model.errorType(refusal.code()));
    cbor.name(model.errorText(refusal.code())).text(refusal.text());
    refusal.details().forEach((name, value) -> cbor.name(name).text(value));
    Headers.Builder headers = headers(requestId).set("Content-Type", CONTENT_TYPE);
    model.addQueryError(headers, refusal);
    return new HttpResponse(refusal.status(), headers.build(), Body.of(cbor.closeMap().bytes()));
  }

  private static Headers.Builder headers(String requestId) {
    return Headers.builder().add(HEADER, NAME).add("x-amzn-RequestId", requestId);
  }

  private void structure(CborWriter cbor, Shape.Structure shape, JsonNode members) {
    cbor.openMap(members.size());
    for (Member member : shape.members()) {
      JsonNode value = members.get(member.wireName());
      if (value != null) {
        cbor.name(member.wireName());
        value(cbor, model.shape(member.shape()), value);
      }
    }
    cbor.closeMap();
  }

  private void value(CborWriter cbor, Shape shape, JsonNode value) {
    switch (shape) {
      case Shape.Structure structure -> structure(cbor, structure, value);
      case Shape.ListOf list -> {
        cbor.openList(value.size());
        Shape element = model.shape(list.element());
        value.forEach(item -> value(cbor, element, item));
        cbor.closeList();
      }
      case Shape.MapOf map -> {
        cbor.openMap(value.size());
        Shape element = model.shape(map.value());
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
          cbor.name(entry.getKey());
          value(cbor, element, entry.getValue());
        }
        cbor.closeMap();
      }
      case Shape.Text text when value.isNull() -> cbor.nothing();
      case Shape.Text text -> cbor.text(value.asString());
      case Shape.Flag flag -> cbor.flag(value.booleanValue());
      case Shape.Numeric numeric when numeric.kind() == Shape.Numeric.Kind.DOUBLE ->
          cbor.number(value.doubleValue());
      case Shape.Numeric numeric -> cbor.whole(value.longValue());
      case Shape.Blob blob -> cbor.blob(value.binaryValue());
      case Shape.Timestamp timestamp -> cbor.timestamp(value.decimalValue());
    }
  }
}
