package io.portico.gateway.control.protocol;

import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
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

  /** What the operation should be called with, by {@link Member#key}. */
  public final ObjectNode input = Json.object();

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
    for (Member member : operation.input().members()) {
      if (member.required() || random.nextInt(4) > 0) {
        add(member);
      }
    }
  }

  /**
   * An input of an operation.
   *
   * @param hints a text for a member's name, or null where any will do
   */
  public static GeneratedRequest of(
      ServiceModel model,
      String operation,
      Random random,
      Function<String, @Nullable String> hints) {
    Operation named = model.operation(operation);
    if (named == null) {
      throw new IllegalArgumentException("no operation " + operation);
    }
    return new GeneratedRequest(model, named, random, hints);
  }

  private void add(Member member) {
    Shape shape = model.shape(member.shape());
    JsonNode value =
        switch (member.location()) {
          case URI, BODY -> value(member.name(), shape, 0);
          case QUERY -> ofQuery(member, shape);
          case HEADER -> Json.object().stringNode("a" + random.nextInt(1000) + "/b;c=d");
          case PAYLOAD ->
              shape instanceof Shape.Blob ? blob(member.name()) : value(member.name(), shape, 0);
          case STATUS -> throw new IllegalStateException("an input has no status");
        };
    if (model.api().protocol() == AwsApi.Protocol.QUERY) {
      value = FormRequest.expressible(model, shape, value);
    }
    if (value != null) {
      input.set(member.key(), value);
    }
  }

  private JsonNode ofQuery(Member member, Shape shape) {
    return switch (shape) {
      case Shape.ListOf list -> {
        ArrayNode values = Json.array();
        for (int i = 0; i <= random.nextInt(3); i++) {
          values.add(text(member.name()));
        }
        yield values;
      }
      case Shape.MapOf map -> {
        ObjectNode values = Json.object();
        for (int i = 0; i <= random.nextInt(3); i++) {
          String hint = hints.apply(member.name() + ".key");
          values.put(hint == null ? "extra " + i : hint, text(member.name()));
        }
        yield values;
      }
      default -> value(member.name(), shape, 0);
    };
  }

  private JsonNode blob(String member) {
    String hint = hints.apply(member);
    byte[] bytes = hint == null ? bytes() : hint.getBytes(StandardCharsets.UTF_8);
    return Json.object().stringNode(Base64.getEncoder().encodeToString(bytes));
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
            case LONG -> Json.object().numberNode(whole(member));
            case DOUBLE -> Json.object().numberNode(random.nextDouble() * random.nextInt());
          };
      case Shape.Flag flag -> Json.object().booleanNode(random.nextBoolean());
      case Shape.Blob blob -> blob(member);
      case Shape.Timestamp timestamp -> Json.object().numberNode(random.nextInt(1 << 30));
    };
  }

  private long whole(String member) {
    String hint = hints.apply(member + ".integer");
    return hint == null ? random.nextLong() : Long.parseLong(hint);
  }

  private int integer(String member) {
    String hint = hints.apply(member + ".integer");
    return hint != null
        ? Integer.parseInt(hint)
        : random.nextBoolean() ? random.nextInt() : random.nextInt(30_000);
  }

  /** The request in which a client sends it. */
  public HttpRequest request() {
    return WireRequest.of(model, operation, input);
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
}
