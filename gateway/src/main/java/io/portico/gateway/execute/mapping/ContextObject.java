package io.portico.gateway.execute.mapping;

import io.portico.gateway.execute.AuthorizerContext;
import io.portico.gateway.execute.ContextValues;
import io.portico.gateway.execute.HeaderText;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Overrides;
import io.portico.gateway.snapshot.ContextVariable;
import io.portico.gateway.snapshot.Release;
import io.portico.gateway.vtl.Budget;
import io.portico.gateway.vtl.VtlException;
import io.portico.gateway.vtl.VtlObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code $context} in a template.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#context-variable-reference">$context
 *     variables</a>
 */
final class ContextObject extends NamedValues {
  /** AWS: these, in this order; source: recorded, facts VTL-13. */
  private static final List<String> NAMES =
      List.of(
          "resourceId",
          "resourcePath",
          "httpMethod",
          "extendedRequestId",
          "requestTime",
          "path",
          "accountId",
          "protocol",
          "requestOverride",
          "stage",
          "domainPrefix",
          "requestTimeEpoch",
          "requestId",
          "identity",
          "domainName",
          "deploymentId",
          "responseOverride",
          "apiId");

  /** AWS: a Java HashMap puts it there, whose order is the recorded one; source: inferred. */
  private static final List<String> NAMES_WITH_AUTHORIZER =
      Stream.concat(Stream.of(NAMES.getFirst(), "authorizer"), NAMES.stream().skip(1)).toList();

  /** AWS: where the stage has a canary, with that; source: inferred from the order, as above. */
  private static final List<String> NAMES_WITH_CANARY = withCanary(NAMES);

  private static final List<String> NAMES_WITH_BOTH = withCanary(NAMES_WITH_AUTHORIZER);

  /** AWS: their order is not known; that of a function's event is assumed. */
  private static final List<String> NAMES_OF_WEBSOCKET_APIS =
      List.of(
          "routeKey",
          "disconnectStatusCode",
          "messageId",
          "eventType",
          "extendedRequestId",
          "requestTime",
          "messageDirection",
          "disconnectReason",
          "stage",
          "connectedAt",
          "requestTimeEpoch",
          "identity",
          "requestId",
          "domainName",
          "connectionId",
          "apiId");

  private final Invocation invocation;
  private final boolean ofWebSocket;
  private final NamedValues identity;
  private final NamedValues requestOverride;
  private final NamedValues responseOverride;

  ContextObject(Invocation invocation) {
    Overrides overrides = invocation.overrides();
    this.invocation = invocation;
    this.ofWebSocket = invocation.observations().ofWebSocket() != null;
    this.identity = new IdentityObject(invocation);
    this.requestOverride =
        new OverrideObject(
            Map.of(
                "path", overrides.requestPath(),
                "header", overrides.requestHeader(),
                "querystring", overrides.requestQueryString()),
            List.of("path", "header", "querystring"),
            overrides.requestMembers());
    this.responseOverride = new ResponseOverrideObject(overrides);
  }

  @Override
  List<String> names() {
    if (ofWebSocket) {
      return namesOfEvent();
    }
    boolean authorizer = invocation.observations().caller().authorizer() != null;
    if (invocation.stage().release() == Release.SOLE) {
      return authorizer ? NAMES_WITH_AUTHORIZER : NAMES;
    }
    return authorizer ? NAMES_WITH_BOTH : NAMES_WITH_CANARY;
  }

  @Override
  public @Nullable Object property(String name) {
    return switch (name) {
      case "identity" -> identity;
      case "requestOverride" -> requestOverride;
      case "responseOverride" -> responseOverride;
      case "authorizer" -> authorizer();
      default ->
          value(
              ofWebSocket ? ContextVariable.ofWebSocketApi(name) : ContextVariable.ofContext(name),
              invocation);
    };
  }

  /** Those that have a value in this event. */
  private List<String> namesOfEvent() {
    List<String> names = new ArrayList<>();
    if (invocation.observations().caller().authorizer() != null) {
      names.add("authorizer");
    }
    for (String name : NAMES_OF_WEBSOCKET_APIS) {
      if (property(name) != null) {
        names.add(name);
      }
    }
    return names;
  }

  private NamedValues authorizer() {
    AuthorizerContext said = invocation.observations().caller().authorizer();
    return said == null ? NoAuthorizer.INSTANCE : new AuthorizerObject(said);
  }

  private static List<String> withCanary(List<String> names) {
    List<String> more = new ArrayList<>(names);
    more.add(names.indexOf("requestTime"), ContextVariable.IS_CANARY_REQUEST.memberName());
    return List.copyOf(more);
  }

  private static @Nullable Object value(@Nullable ContextVariable variable, Invocation invocation) {
    return variable == null ? null : ContextValues.value(variable, invocation);
  }

  /**
   * {@code $context.authorizer} without an authorizer. AWS: it is there and has no members; source:
   * recorded, facts VTL-16. That it prints as nothing, as the others do (facts VTL-14), is
   * inferred.
   */
  private static final class NoAuthorizer extends NamedValues {
    static final NoAuthorizer INSTANCE = new NoAuthorizer();

    @Override
    List<String> names() {
      return List.of();
    }
  }

  /** {@code $context.identity}: what is not known is the empty text (recorded, facts VTL-15). */
  private static final class IdentityObject extends NamedValues {
    private final Invocation invocation;

    IdentityObject(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    List<String> names() {
      return ContextValues.ofIdentity(invocation).stream()
          .map(ContextVariable::memberName)
          .toList();
    }

    @Override
    public @Nullable Object property(String name) {
      return value(ContextVariable.ofIdentity(name), invocation);
    }
  }

  /** {@code $context.responseOverride}: {@code status} shows once it is set. */
  private static final class ResponseOverrideObject extends OverrideObject {
    private static final String STATUS = "status";

    private final Overrides overrides;

    ResponseOverrideObject(Overrides overrides) {
      super(
          Map.of("header", overrides.responseHeader()),
          List.of("header"),
          overrides.responseMembers());
      this.overrides = overrides;
    }

    @Override
    List<String> names() {
      return overrides.responseStatus() == null
          ? super.names()
          : Stream.concat(super.names().stream(), Stream.of(STATUS)).toList();
    }

    @Override
    public @Nullable Object property(String name) {
      return name.equals(STATUS) ? overrides.responseStatus() : super.property(name);
    }

    @Override
    void put(String name, Object value, Budget budget) {
      if (name.equals(STATUS)) {
        if (overrides.responseStatus() != null) {
          throw overriddenTwice(name);
        }
        overrides.setResponseStatus(text(value, budget));
      } else {
        super.put(name, value, budget);
      }
    }
  }

  /**
   * An override: maps that can be written, and whatever else a template leaves there for the next
   * (recorded, facts VTL-18).
   */
  private static class OverrideObject extends NamedValues {
    private final Map<String, VtlObject> places = new LinkedHashMap<>();
    private final Map<String, Object> members;

    OverrideObject(
        Map<String, Map<String, Object>> places, List<String> order, Map<String, Object> members) {
      for (String place : order) {
        Map<String, Object> values = places.get(place);
        if (values != null) {
          this.places.put(place, new WritableValues(values, !place.equals("header")));
        }
      }
      this.members = members;
    }

    @Override
    List<String> names() {
      return Stream.concat(places.keySet().stream(), members.keySet().stream()).toList();
    }

    @Override
    public @Nullable Object property(String name) {
      VtlObject place = places.get(name);
      return place == null ? members.get(name) : place;
    }

    @Override
    void put(String name, Object value, Budget budget) {
      if (!places.containsKey(name)) {
        members.put(name, value);
      }
    }
  }

  /**
   * AWS: each parameter is overridden once, a second time leads to a 5XX; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html.
   * That the second may come from the response template, or write a header's name in other casing,
   * is inferred.
   */
  private static VtlException overriddenTwice(String name) {
    String shown = name.substring(0, Math.min(name.length(), 100));
    return new VtlException("overridden twice: " + HeaderText.value(shown));
  }

  /** Headers, path variables or query parameters to be. */
  private static final class WritableValues extends NamedValues {
    private final Map<String, Object> values;
    private final boolean caseSensitive;

    WritableValues(Map<String, Object> values, boolean caseSensitive) {
      this.values = values;
      this.caseSensitive = caseSensitive;
    }

    @Override
    List<String> names() {
      return List.copyOf(values.keySet());
    }

    @Override
    public @Nullable Object property(String name) {
      return values.get(name);
    }

    @Override
    void put(String name, Object value, Budget budget) {
      if (isSet(name, budget)) {
        throw overriddenTwice(name);
      }
      // Texts, not what the template may have built: that prints within its budget only.
      values.put(
          name,
          value instanceof List<?> list
              ? list.stream().map(element -> text(element == null ? "" : element, budget)).toList()
              : text(value, budget));
    }

    private boolean isSet(String name, Budget budget) {
      if (caseSensitive) {
        return values.containsKey(name);
      }
      budget.charge(values.size());
      for (String other : values.keySet()) {
        if (other.equalsIgnoreCase(name)) {
          return true;
        }
      }
      return false;
    }
  }
}
