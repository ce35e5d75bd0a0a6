package io.portico.gateway.execute.websocket;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.RequestParameters;
import io.portico.gateway.execute.RequestValidator;
import io.portico.gateway.execute.WebSocketCall;
import io.portico.gateway.execute.authorizer.LambdaAuthorizers;
import io.portico.gateway.execute.authorizer.SignedCallers;
import io.portico.gateway.execute.usageplan.UsagePlans;
import io.portico.gateway.execute.usageplan.UsageQuotas;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.OpeningHandshake;
import io.portico.gateway.snapshot.ApiKeySource;
import io.portico.gateway.snapshot.Authorization;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.Refusal;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The <b>{@code $connect} route</b>: who asks for a connection, and does the API's owner grant it?
 * The connection is made once its integration has agreed; without such a route everybody has one.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html">Manage
 *     connected users and client apps</a>
 */
final class ConnectStage {
  private static final String PROTOCOL = "Sec-WebSocket-Protocol";

  private static final int BAD_GATEWAY = 502;

  private final LambdaAuthorizers authorizers;
  private final SignedCallers signed;
  private final UsagePlans usagePlans;
  private final UsageQuotas quotas;
  private final RouteThrottling throttles;
  private final RouteIntegrations integrations;

  ConnectStage(WebSocketState state, RouteThrottling throttles, RouteIntegrations integrations) {
    this.authorizers = state.authorizers();
    this.signed = state.signed();
    this.usagePlans = new UsagePlans(state.throttles());
    this.quotas = new UsageQuotas(state.usage());
    this.throttles = throttles;
    this.integrations = integrations;
  }

  /**
   * What a client that is let in is told beside that; who it is, the observations are told.
   *
   * @throws GatewayFault if it is not
   */
  Headers admit(WebSocketCall call) {
    WebSocketRoute route = call.route();
    if (route == null) {
      throttles.admit(call);
      return Headers.empty();
    }
    MethodRequest request = MethodRequest.of(call.invocation(), Map.of());
    Caller caller = identified(authorize(route, request.parameters(), call), route, call);
    throttles.admit(call);
    quotas.admit(caller, call);
    RequestValidator.requireParameters(request.parameters(), route.required());
    RouteAnswer answer = integrations.call(request, call, caller);
    if (!answer.isSuccess()) {
      throw refused(answer.status());
    }
    return protocol(answer.headers().last(PROTOCOL), call);
  }

  private Caller authorize(WebSocketRoute route, RequestParameters parameters, WebSocketCall call) {
    return switch (route.authorization()) {
      case Authorization.Open _ -> Caller.ANONYMOUS;
      case Authorization.AwsIam _ -> signed.authorize(call);
      case Authorization.Lambda function ->
          authorizers.authorize(
              call,
              parameters,
              function.authorizer(),
              arn -> FunctionEvent.ofAuthorizer(parameters, arn, call));
      case Authorization.Unusable unusable ->
          throw new GatewayFault(
                  GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR,
                  FaultCause.AUTHORIZER_UNUSABLE)
              .because(unusable.reason());
      case Authorization.Closed closed -> throw closed(closed.refusal());
      case Authorization.UserPools _ ->
          throw closed(new Refusal(GatewayResponseType.ACCESS_DENIED, "a user pool"));
    };
  }

  static GatewayFault closed(Refusal refusal) {
    return new GatewayFault(refusal.type(), FaultCause.CLOSED)
        .because("closed: " + refusal.setting() + " is not enforced yet");
  }

  private Caller identified(Caller caller, WebSocketRoute route, WebSocketCall call) {
    ApiKeySource source = route.apiKeySource();
    return source == null
        ? caller
        : usagePlans.admit(caller, source, List.of(route.routeKey()), call);
  }

  /**
   * AWS: the client gets the integration's status; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-connect-route-subprotocol.html.
   * That it gets none of its content, and of a status that ends no handshake 502, is assumed.
   */
  private static GatewayFault refused(int status) {
    int told = status >= 300 && status <= 599 ? status : BAD_GATEWAY;
    return new GatewayFault(
            told < 500 ? GatewayResponseType.DEFAULT_4XX : GatewayResponseType.DEFAULT_5XX,
            FaultCause.CONNECT_REFUSED,
            text(told))
        .withStatus(told)
        .because("the integration of $connect answered " + status);
  }

  private static String text(int status) {
    return switch (status) {
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 429 -> "Too Many Requests";
      default -> status < 500 ? "Bad Request" : "Internal server error";
    };
  }

  /**
   * AWS: the integration says which of the subprotocols that the client offers is spoken; source:
   * documented, as above. A client fails where it is told one that it has not offered (RFC 6455,
   * 4.1): such a one is left out, which is assumed.
   */
  private static Headers protocol(@Nullable String chosen, WebSocketCall call) {
    return chosen != null
            && OpeningHandshake.protocols(call.invocation().request()).contains(chosen)
        ? Headers.of(PROTOCOL, chosen)
        : Headers.empty();
  }
}
