package io.portico.gateway.execute.explain;

import static io.portico.gateway.execute.explain.Words.code;
import static io.portico.gateway.execute.explain.Words.codes;
import static io.portico.gateway.execute.explain.Words.stage;

import io.portico.gateway.execute.explain.ExplainEntry.Kind;
import io.portico.gateway.execute.explain.ExplainEntry.Place;
import io.portico.gateway.execute.explain.ExplainEntry.Refused;
import java.util.List;

/** What no method and no route is for. */
final class RoutingReasons {
  private static final String CHECK = "routing";

  private RoutingReasons() {}

  static Reason of(ExplainEntry entry, Refused refused, Asked asked) {
    String stage = stage(entry.place());
    return switch (refused.cause()) {
      case NO_METHOD, NO_ROUTE -> nothing(entry, asked);
      case AMBIGUOUS_PATH ->
          Reason.of(
              CHECK,
              "the path %s cannot be taken by %s: %s"
                  .formatted(code(entry.sent().path()), stage, refused.detail()),
              null,
              "Send a path that reads one way only: no escaped slashes, no dot segments, no"
                  + " doubled slashes.");
      case NO_ROUTE_OF_MESSAGE -> {
        List<String> keys =
            RouteNames.of(asked.stage(entry)).stream()
                .filter(key -> !key.equals("$connect") && !key.equals("$disconnect"))
                .toList();
        yield Reason.of(
            CHECK,
            stage
                + " has no route for the message, and no `$default`"
                + (keys.isEmpty() ? "" : "; it has " + codes(keys))
                + outdated(entry, asked),
            "routeSelectionExpression",
            "Add a route whose key is what the route selection expression gives, or `$default`, and"
                + " deploy the API.");
      }
      case PATH_OF_CONNECTION ->
          Reason.of(
              CHECK,
              "connections are opened by %s itself, and the request's path goes on behind it: %s"
                  .formatted(stage, code(entry.sent().path())),
              null,
              "Connect to `/%s`.".formatted(entry.place().stageName()));
      case NOTHING_DEPLOYED ->
          Reason.of(
              CHECK,
              "nothing is deployed to " + stage,
              "deploymentId",
              "Deploy the API: `aws apigatewayv2 create-deployment --api-id %s --stage-name %s`."
                  .formatted(entry.place().apiId(), entry.place().stageName()));
      case NO_COMMAND ->
          Reason.of(
              CHECK,
              "%s %s is no command of `@connections` or `@groups`"
                  .formatted(entry.sent().method(), code(entry.sent().path())),
              null,
              "POST, GET and DELETE go to `/@connections/{connectionId}`.");
      default -> throw new IllegalArgumentException(refused.cause().name());
    };
  }

  private static Reason nothing(ExplainEntry entry, Asked asked) {
    String wanted = entry.sent().method() + " " + entry.sent().path();
    NearestRoutes nearest = new NearestRoutes(entry.sent().method(), entry.sent().path());
    List<String> served = RouteNames.of(asked.stage(entry));
    List<String> near = nearest.among(served);
    String found =
        served.isEmpty()
            ? "; it has no route at all"
            : near.isEmpty()
                ? "; nothing comes near"
                : nearest.isOnPath(near.getFirst())
                    ? "; the path has " + codes(near.stream().filter(nearest::isOnPath).toList())
                    : "; nearest is " + code(near.getFirst());
    return new Reason(
        CHECK,
        stage(entry.place()) + " has no " + code(wanted) + found + outdated(entry, asked),
        entry.place().kind() == Kind.REST ? "resource and method" : "route",
        advice(entry, asked, nearest, near),
        near);
  }

  private static String advice(
      ExplainEntry entry, Asked asked, NearestRoutes nearest, List<String> near) {
    Place place = entry.place();
    ControlFacts.Api api = asked.control().api(place.apiId());
    String undeployed =
        api == null
            ? null
            : api.routes().stream()
                .filter(name -> name.indexOf(' ') > 0 && nearest.takes(name))
                .findFirst()
                .orElse(null);
    if (undeployed != null) {
      return "The API has %s, but not in this deployment; deploy it: `aws %s --stage-name %s`."
          .formatted(
              code(undeployed),
              place.kind() == Kind.REST
                  ? "apigateway create-deployment --rest-api-id " + place.apiId()
                  : "apigatewayv2 create-deployment --api-id " + place.apiId(),
              place.stageName());
    }
    return near.isEmpty()
        ? "Look at the path and its stage, or add the method and deploy the API."
        : "Call %s, or add the method and deploy the API.".formatted(code(near.getFirst()));
  }

  /** Empty where the deployment is the API as it is, or nobody knows. */
  static String outdated(ExplainEntry entry, Asked asked) {
    String deployment = entry.place().deploymentId();
    return deployment != null && asked.control().isOutdated(entry.place().apiId(), deployment)
        ? "; deployment " + code(deployment) + " is older than the API's last change"
        : "";
  }
}
