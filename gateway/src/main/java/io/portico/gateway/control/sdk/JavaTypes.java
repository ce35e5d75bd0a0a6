package io.portico.gateway.control.sdk;

import io.portico.gateway.control.sdk.contract.ClientModel;
import io.portico.gateway.control.sdk.contract.FieldType;
import io.portico.gateway.control.sdk.contract.FieldType.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An API's types in Java. A model without members is a map: it says nothing of what it holds. */
final class JavaTypes {
  private static final String FREE_FORM = "Map<String, Object>";

  private final Map<String, String> classes = new LinkedHashMap<>();

  /**
   * @param models those that have a class
   * @param names the classes' names, in the same order
   */
  JavaTypes(List<ClientModel> models, List<String> names) {
    for (int i = 0; i < models.size(); i++) {
      classes.put(models.get(i).name(), names.get(i));
    }
  }

  /** The class of a model. */
  String classOf(ClientModel model) {
    return classes.getOrDefault(model.name(), model.name());
  }

  String name(FieldType type) {
    return switch (type) {
      case Scalar scalar ->
          switch (scalar) {
            case TEXT -> "String";
            case INTEGER -> "Long";
            case NUMBER -> "Double";
            case BOOLEAN -> "Boolean";
          };
      case FieldType.ListOf list -> "List<" + name(list.element()) + ">";
      case FieldType.MapOf map -> "Map<String, " + name(map.value()) + ">";
      case FieldType.Modelled modelled -> classes.getOrDefault(modelled.model().name(), FREE_FORM);
      case FieldType.Any any -> "Object";
    };
  }

  /** As fluent methods take it: literals of whole numbers fit where a number is wanted. */
  String parameter(FieldType type) {
    return switch (type) {
      case Scalar.INTEGER -> "long";
      case Scalar.NUMBER -> "double";
      case Scalar.BOOLEAN -> "boolean";
      default -> name(type);
    };
  }

  /** An expression that reads {@code json}, an expression, as the type. */
  String read(FieldType type, String json) {
    return switch (type) {
      case FieldType.ListOf list -> "Json.list(" + json + ", " + reader(list.element(), 1) + ")";
      case FieldType.MapOf map -> "Json.map(" + json + ", " + reader(map.value(), 1) + ")";
      case FieldType.Any any -> json;
      case Scalar scalar -> "Json." + scalarReader(scalar) + "(" + json + ")";
      case FieldType.Modelled modelled -> {
        String name = classes.get(modelled.model().name());
        yield name == null
            ? "Json.map(" + json + ", value -> value)"
            : name + ".fromJson(" + json + ")";
      }
    };
  }

  private String reader(FieldType type, int depth) {
    String value = "value" + depth;
    return switch (type) {
      case FieldType.ListOf list ->
          value + " -> Json.list(" + value + ", " + reader(list.element(), depth + 1) + ")";
      case FieldType.MapOf map ->
          value + " -> Json.map(" + value + ", " + reader(map.value(), depth + 1) + ")";
      case FieldType.Any any -> value + " -> " + value;
      case Scalar scalar -> "Json::" + scalarReader(scalar);
      case FieldType.Modelled modelled -> {
        String name = classes.get(modelled.model().name());
        yield name == null
            ? value + " -> Json.map(" + value + ", free -> free)"
            : name + "::fromJson";
      }
    };
  }

  private static String scalarReader(Scalar scalar) {
    return switch (scalar) {
      case TEXT -> "text";
      case INTEGER -> "integer";
      case NUMBER -> "number";
      case BOOLEAN -> "flag";
    };
  }
}
