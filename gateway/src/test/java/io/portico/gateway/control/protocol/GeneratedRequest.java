package io.portico.gateway.control.protocol;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An operation's input with values of every kind the shape has, and the request in which a client
 * sends it.
 */
public final class GeneratedRequest {
  /** One for every run, so that a run can be repeated; {@code -Dportico.seed} sets another. */
  public static final long SEED = Long.getLong("portico.seed", 20_150_709L);

  private static final String ALPHABET =
      "abcXYZ019 -_.~/+%&=?#:;,@!$'()*[]{}|\\\"<>^`\u00e4\u00df\u20ac\ud83d\ude00";

  private final ServiceModel model;
  private final Operation operation;
  private final Random random;
  private final Function<String, @Nullable String> hints;
  private final Map<String, String> labels = new HashMap<>();
  private final List<String> query = new ArrayList<>();
  private final Headers.Builder headers = Headers.builder();
  private final ObjectNode json = Json.object();
  private byte[] payload = {};

  /** What the operation should be called with. */
  final ObjectNode input = Json.object();

  GeneratedRequest(ServiceModel model, Operation operation, Random random) {
    this(model, operation, random, member -> null);
  }

  /**
   * @param hints a text for a member's name, or null where any will do
   */
  private GeneratedRequest(
      ServiceModel model,
      Operation operation,
      Random random,
      Function<String, @Nullable String> hints) {
    this.model = model;
    this.operation = operation;
    this.random = random;
    this.hints = hints;
    operation.query().forEach((name, value) -> query.add(name + "=" + value));
    for (Member member : operation.input().members()) {
      if (member.required() || random.nextInt(4) > 0) {
        add(member);
      }
    }
  }

  /**
   * A request for an operation.
   *
   * @param hints a text for a member's name, or null where any will do
   */
  public static HttpRequest of(
      ServiceModel model,
      String operation,
      Random random,
      Function<String, @Nullable String> hints) {
    Operation named = model.operation(operation);
    if (named == null) {
      throw new IllegalArgumentException("no operation " + operation);
    }
    return new GeneratedRequest(model, named, random, hints).request();
  }

  private void add(Member member) {
    Shape shape = model.shape(member.shape());
    switch (member.location()) {
      case URI -> labels.put(member.wireName(), encoded(scalar(member, shape)));
      case QUERY -> addQuery(member, shape);
      case HEADER -> {
        String value = "a" + random.nextInt(1000) + "/b;c=d";
        headers.add(member.wireName(), value);
        input.put(member.key(), value);
      }
      case PAYLOAD -> {
        if (shape instanceof Shape.Blob) {
          String hint = hints.apply(member.name());
          payload = hint == null ? bytes() : hint.getBytes(StandardCharsets.UTF_8);
          input.put(member.key(), Base64.getEncoder().encodeToString(payload));
        } else {
          JsonNode value = value(member.name(), shape, 0);
          payload = Json.bytes(value);
          input.set(member.key(), value);
        }
      }
      case BODY -> {
        JsonNode value = value(member.name(), shape, 0);
        if (model.api().protocol() == AwsApi.Protocol.QUERY) {
          value = FormRequest.expressible(model, shape, value);
        }
        if (value != null) {
          json.set(member.wireName(), wire(shape, value));
          input.set(member.key(), value);
        }
      }
      case STATUS -> throw new IllegalStateException("an input has no status");
    }
  }

  private void addQuery(Member member, Shape shape) {
    switch (shape) {
      case Shape.ListOf list -> {
        ArrayNode values = input.putArray(member.key());
        for (int i = 0; i <= random.nextInt(3); i++) {
          String value = text(member.name());
          values.add(value);
          query.add(member.wireName() + "=" + encoded(value));
        }
      }
      case Shape.MapOf map -> {
        ObjectNode values = input.putObject(member.key());
        for (int i = 0; i <= random.nextInt(3); i++) {
          String hint = hints.apply(member.name() + ".key");
          String name = hint == null ? "extra " + i : hint;
          String value = text(member.name());
          values.put(name, value);
          query.add(encoded(name) + "=" + encoded(value));
        }
      }
      default -> query.add(member.wireName() + "=" + encoded(scalar(member, shape)));
    }
  }

  private String scalar(Member member, Shape shape) {
    JsonNode value = value(member.name(), shape, 0);
    input.set(member.key(), value);
    return value.asString();
  }

  /** A value by {@link Member#key}, a blob as Base64. */
  private JsonNode value(String member, Shape shape, int depth) {
    return switch (shape) {
      case Shape.Structure structure -> {
        ObjectNode members = Json.object();
        for (Member inner : structure.members()) {
          if (depth < 4 && random.nextInt(8) > 0) {
            members.set(inner.key(), value(inner.name(), model.shape(inner.shape()), depth + 1));
          }
        }
        yield members;
      }
      case Shape.ListOf list -> {
        ArrayNode values = Json.array();
        for (int i = random.nextInt(3); i > 0; i--) {
          values.add(value(member, model.shape(list.element()), depth + 1));
        }
        yield values;
      }
      case Shape.MapOf map -> {
        ObjectNode values = Json.object();
        for (int i = random.nextInt(3); i > 0; i--) {
          values.set(text(member + ".key"), value(member, model.shape(map.value()), depth + 1));
        }
        yield values;
      }
      case Shape.Text text ->
          Json.object()
              .stringNode(text.values().isEmpty() ? text(member) : option(member, text.values()));
      case Shape.Numeric numeric ->
          switch (numeric.kind()) {
            case INTEGER -> Json.object().numberNode(integer(member));
            case LONG -> Json.object().numberNode(random.nextLong());
            case DOUBLE -> Json.object().numberNode(random.nextDouble() * random.nextInt());
          };
      case Shape.Flag flag -> Json.object().booleanNode(random.nextBoolean());
      case Shape.Blob blob -> Json.object().stringNode(Base64.getEncoder().encodeToString(bytes()));
      case Shape.Timestamp timestamp -> Json.object().numberNode(random.nextInt(1 << 30));
    };
  }

  private int integer(String member) {
    String hint = hints.apply(member + ".integer");
    return hint != null
        ? Integer.parseInt(hint)
        : random.nextBoolean() ? random.nextInt() : random.nextInt(30_000);
  }

  /** The same value with the names it has on the wire. */
  private JsonNode wire(Shape shape, JsonNode value) {
    return switch (shape) {
      case Shape.Structure structure -> {
        ObjectNode members = Json.object();
        for (Member member : structure.members()) {
          if (value.has(member.key())) {
            members.set(
                member.wireName(), wire(model.shape(member.shape()), value.get(member.key())));
          }
        }
        yield members;
      }
      case Shape.ListOf list -> {
        ArrayNode values = Json.array();
        value.forEach(item -> values.add(wire(model.shape(list.element()), item)));
        yield values;
      }
      case Shape.MapOf map -> {
        ObjectNode values = Json.object();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
          values.set(entry.getKey(), wire(model.shape(map.value()), entry.getValue()));
        }
        yield values;
      }
      default -> value;
    };
  }

  HttpRequest request() {
    return switch (model.api().protocol()) {
      case REST_JSON -> restJson();
      case QUERY -> FormRequest.of(model, operation.name(), input);
      case JSON -> targeted();
    };
  }

  private HttpRequest restJson() {
    StringBuilder target = new StringBuilder();
    for (String segment : operation.path()) {
      target
          .append('/')
          .append(
              segment.startsWith("{")
                  ? labels.get(segment.substring(1, segment.length() - 1))
                  : segment);
    }
    if (!query.isEmpty()) {
      target.append('?').append(String.join("&", query));
    }
    Body body = payload.length > 0 || json.isEmpty() ? Body.of(payload) : Body.of(Json.bytes(json));
    return Requests.request(operation.method(), target.toString(), body, headers.build());
  }

  private HttpRequest targeted() {
    return Requests.request(
        "POST",
        "/",
        Body.of(Json.bytes(json)),
        Headers.of(
            JsonProtocol.TARGET,
            JsonProtocol.targetPrefix(model.api(), model.apiVersion()) + operation.name(),
            "Content-Type",
            JsonProtocol.CONTENT_TYPE));
  }

  private String option(String member, List<String> options) {
    String hint = hints.apply(member);
    return hint != null && options.contains(hint)
        ? hint
        : options.get(random.nextInt(options.size()));
  }

  private String text(String member) {
    String hint = hints.apply(member);
    if (hint != null) {
      return hint;
    }
    int[] points = ALPHABET.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= random.nextInt(12); i++) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private byte[] bytes() {
    byte[] bytes = new byte[1 + random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
