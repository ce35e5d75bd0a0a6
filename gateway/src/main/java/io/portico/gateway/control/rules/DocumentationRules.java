package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.DocumentationLocation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a documentation part may be about, and say.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-documenting-api-content-representation.html">Representation
 *     of API documentation</a>
 */
public final class DocumentationRules {
  private static final String PATH = "path";
  private static final String METHOD = "method";
  private static final String STATUS_CODE = "statusCode";
  private static final String NAME = "name";
  private static final String REQUEST_BODY = "REQUEST_BODY";
  private static final Pattern STATUS = Pattern.compile("[1-5]\\d\\d|\\*");

  /** The types of entities with the members that their locations have beside the type. */
  // AWS: source: documented, "Valid location fields of DocumentationPart".
  private static final Map<String, Set<String>> MEMBERS =
      Map.ofEntries(
          Map.entry("API", Set.of()),
          Map.entry("AUTHORIZER", Set.of(NAME)),
          Map.entry("MODEL", Set.of(NAME)),
          Map.entry("RESOURCE", Set.of(PATH)),
          Map.entry("METHOD", Set.of(PATH, METHOD)),
          Map.entry("PATH_PARAMETER", Set.of(PATH, METHOD, NAME)),
          Map.entry("QUERY_PARAMETER", Set.of(PATH, METHOD, NAME)),
          Map.entry("REQUEST_HEADER", Set.of(PATH, METHOD, NAME)),
          Map.entry(REQUEST_BODY, Set.of(PATH, METHOD, NAME)),
          Map.entry("RESPONSE", Set.of(PATH, METHOD, STATUS_CODE)),
          Map.entry("RESPONSE_HEADER", Set.of(PATH, METHOD, STATUS_CODE, NAME)),
          Map.entry("RESPONSE_BODY", Set.of(PATH, METHOD, STATUS_CODE)));

  private DocumentationRules() {}

  /**
   * The location with what is not given filled in: the root's path, any method, any status code.
   * Empty members are not given.
   *
   * @throws ServiceException if there is no such type, or its locations have other members
   */
  // AWS: the texts are assumed. Of the name of a query parameter, an authorizer and a model, the
  // guide says that it need not be given and the API reference that it must; of a request body's,
  // the guide that there is none and the reference that it must be given, so that one is taken or
  // left.
  public static DocumentationLocation location(DocumentationLocation given) {
    String type = given.type();
    Set<String> allowed = MEMBERS.get(type);
    if (allowed == null) {
      throw invalid("there is no type '" + type + "'");
    }
    Map<String, String> members = members(given);
    for (String member : members.keySet()) {
      if (!allowed.contains(member)) {
        throw invalid("'" + member + "' is not a field of type '" + type + "'");
      }
    }
    String name = members.get(NAME);
    if (name == null && allowed.contains(NAME) && !type.equals(REQUEST_BODY)) {
      throw invalid("'" + NAME + "' is required for type '" + type + "'");
    }
    String statusCode = members.getOrDefault(STATUS_CODE, DocumentationLocation.ANY);
    if (!STATUS.matcher(statusCode).matches()) {
      throw invalid("'" + statusCode + "' is no status code");
    }
    return new DocumentationLocation(
        type,
        allowed.contains(PATH) ? members.getOrDefault(PATH, "/") : null,
        allowed.contains(METHOD) ? members.getOrDefault(METHOD, DocumentationLocation.ANY) : null,
        allowed.contains(STATUS_CODE) ? statusCode : null,
        name);
  }

  private static ServiceException invalid(String why) {
    return ServiceException.badRequest("Invalid Documentation part location specified: " + why);
  }

  /** What is given, but for the type. */
  private static Map<String, String> members(DocumentationLocation location) {
    Map<String, String> members = new LinkedHashMap<>();
    put(members, PATH, location.path());
    put(members, METHOD, location.method());
    put(members, NAME, location.name());
    put(members, STATUS_CODE, location.statusCode());
    return members;
  }

  private static void put(Map<String, String> members, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      members.put(name, value);
    }
  }

  /** A location that has its part already. */
  // AWS: source: documented, "Document an API using the API Gateway REST API", for the type API;
  // how the others go on is assumed.
  public static ServiceException taken(DocumentationLocation location) {
    return ServiceException.conflict(
        "Documentation part already exists for the specified location: type '"
            + location.type()
            + "'"
            + members(location).entrySet().stream()
                .map(member -> ", " + member.getKey() + " '" + member.getValue() + "'")
                .collect(Collectors.joining())
            + ".");
  }

  /**
   * What a part says, as a tree.
   *
   * @throws ServiceException if it is no JSON object
   */
  // AWS: the text is assumed.
  public static ObjectNode properties(String text) {
    try {
      JsonNode tree = Json.parse(text);
      if (tree instanceof ObjectNode properties) {
        return properties;
      }
    } catch (JacksonException e) {
      throw notAnObject();
    }
    throw notAnObject();
  }

  private static ServiceException notAnObject() {
    return ServiceException.badRequest(
        "Invalid Documentation part properties specified: a JSON object is expected");
  }
}
