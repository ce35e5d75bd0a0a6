package io.portico.gateway.execute.explain;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.IamCaller;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.execute.WebSocketCall;
import io.portico.gateway.execute.explain.ExplainEntry.Called;
import io.portico.gateway.snapshot.ApiKeySnapshot;
import io.portico.gateway.snapshot.Authorization;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.ParameterSource;
import io.portico.gateway.snapshot.UsagePlanSnapshot;
import io.portico.gateway.snapshot.httpapi.RouteAuthorization;
import io.portico.gateway.snapshot.httpapi.RouteIntegration;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call reached, of all three kinds of APIs, in AWS's words. */
final class CalledRoute {
  private CalledRoute() {}

  /**
   * Whom something lets in.
   *
   * @param type AWS's {@code authorizationType}
   * @param authorizerId null where there is none
   * @param sources where an authorizer's callers are known by
   */
  private record Access(String type, @Nullable String authorizerId, List<ParameterSource> sources) {
    static Access of(String type) {
      return new Access(type, null, List.of());
    }
  }

  /** Null where nothing was reached. */
  static @Nullable Called of(Invocation invocation) {
    Observations observed = invocation.observations();
    MethodMatch match = observed.match();
    RouteMatch route = observed.route();
    WebSocketCall call = observed.ofWebSocket();
    if (match != null) {
      return called(
          match.method().httpMethod() + " " + match.method().resourcePath(),
          match.method().resourceId(),
          access(match.method().authorization()),
          observed,
          integration(match.method().integration()));
    }
    if (route != null) {
      return called(
          route.route().routeKey(),
          route.route().routeId(),
          access(route.route().authorization()),
          observed,
          integration(route.route().integration()));
    }
    WebSocketRoute own = call == null ? null : call.route();
    return own == null
        ? null
        : called(
            own.routeKey(),
            own.routeId(),
            access(own.authorization()),
            observed,
            own.integration() == null ? "none" : integration(own.integration().backend()));
  }

  private static Called called(
      String name, String id, Access access, Observations observed, String integration) {
    Caller caller = observed.caller();
    ApiKeySnapshot key = caller.apiKey();
    UsagePlanSnapshot plan = caller.usagePlan();
    IamCaller iam = caller.iam();
    return new Called(
        name,
        id,
        access.type,
        access.authorizerId,
        names(access.sources),
        key == null ? observed.trail().keyId() : key.id(),
        plan == null ? null : plan.id(),
        plan == null ? null : plan.quota(),
        iam == null ? null : iam.principal().arn(),
        integration);
  }

  /** Headers and parameters that an authorizer goes by, by their bare names. */
  static List<String> secretNames(Invocation invocation) {
    Observations observed = invocation.observations();
    MethodMatch match = observed.match();
    RouteMatch route = observed.route();
    WebSocketCall call = observed.ofWebSocket();
    Access access =
        match != null
            ? access(match.method().authorization())
            : route != null
                ? access(route.route().authorization())
                : call != null && call.route() != null
                    ? access(call.route().authorization())
                    : Access.of("");
    List<String> names = new ArrayList<>();
    for (ParameterSource source : access.sources) {
      switch (source) {
        case ParameterSource.RequestHeader header -> names.add(header.name());
        case ParameterSource.QueryString query -> names.add(query.name());
        default -> {}
      }
    }
    return names;
  }

  private static List<String> names(List<ParameterSource> sources) {
    List<String> names = new ArrayList<>(sources.size());
    for (ParameterSource source : sources) {
      names.add(
          switch (source) {
            case ParameterSource.RequestHeader header -> "header " + header.name();
            case ParameterSource.QueryString query -> "query parameter " + query.name();
            case ParameterSource.StageVariable variable -> "stage variable " + variable.name();
            case ParameterSource.Context _ -> "context variable";
            default -> "value";
          });
    }
    return List.copyOf(names);
  }

  private static Access access(Authorization authorization) {
    return switch (authorization) {
      case Authorization.Open _ -> Access.of("NONE");
      case Authorization.AwsIam _ -> Access.of("AWS_IAM");
      case Authorization.Lambda lambda ->
          new Access(
              "CUSTOM",
              lambda.authorizer().id(),
              List.copyOf(lambda.authorizer().identitySources()));
      case Authorization.UserPools pools ->
          new Access(
              "COGNITO_USER_POOLS",
              pools.authorizer().id(),
              List.of(new ParameterSource.RequestHeader(pools.authorizer().header(), false)));
      case Authorization.Unusable _ -> Access.of("CUSTOM");
      case Authorization.Closed closed -> Access.of(closed.refusal().setting());
    };
  }

  private static Access access(RouteAuthorization authorization) {
    return switch (authorization) {
      case RouteAuthorization.Open _ -> Access.of("NONE");
      case RouteAuthorization.AwsIam _ -> Access.of("AWS_IAM");
      case RouteAuthorization.Jwt jwt ->
          new Access("JWT", jwt.authorizer().id(), List.of(jwt.authorizer().identitySource()));
      case RouteAuthorization.Lambda lambda ->
          new Access(
              "CUSTOM",
              lambda.authorizer().id(),
              List.copyOf(lambda.authorizer().identitySources()));
      case RouteAuthorization.Unusable _ -> Access.of("CUSTOM");
      case RouteAuthorization.Closed closed -> Access.of(closed.refusal().setting());
    };
  }

  private static String integration(IntegrationSnapshot integration) {
    return switch (integration) {
      case IntegrationSnapshot.Mock _ -> "MOCK";
      case IntegrationSnapshot.Http http ->
          (http.proxy() ? "HTTP_PROXY " : "HTTP ") + http.origin().authority();
      case IntegrationSnapshot.Lambda lambda ->
          (lambda.proxy() ? "AWS_PROXY " : "AWS ") + lambda.function().arn();
      case IntegrationSnapshot.Service service ->
          (service.proxy() ? "AWS_PROXY " : "AWS ") + service.endpoint().signingName();
      case IntegrationSnapshot.Broken _ -> "unusable";
    };
  }

  private static String integration(RouteIntegration integration) {
    return switch (integration) {
      case RouteIntegration.HttpProxy http -> "HTTP_PROXY " + http.origin().authority();
      case RouteIntegration.PrivateProxy _ -> "HTTP_PROXY by a VPC link";
      case RouteIntegration.LambdaProxy lambda -> "AWS_PROXY " + lambda.function().arn();
      case RouteIntegration.ServiceAction action -> "AWS_PROXY " + action.endpoint().signingName();
      case RouteIntegration.Broken _ -> "unusable";
    };
  }
}
