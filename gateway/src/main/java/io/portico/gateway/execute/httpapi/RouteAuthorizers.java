package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.execute.authorizer.JwtAuthorizers;
import io.portico.gateway.execute.authorizer.RequestAuthorizers;
import io.portico.gateway.execute.authorizer.SignedCallers;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.httpapi.PayloadFormat;
import io.portico.gateway.snapshot.httpapi.RouteAuthorization;

/**
 * The <b>authorizers</b> of routes: who calls, and may they? The second stage.
 *
 * <p>Every setting that restricts access and is not enforced yet refuses whoever calls.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html">
 *     Control and manage access to HTTP APIs</a>
 */
public final class RouteAuthorizers {
  private final SignedCallers signed;
  private final JwtAuthorizers tokens;
  private final RequestAuthorizers functions;

  /**
   * @param signed those who sign
   * @param tokens of issuers
   * @param functions that decide
   */
  public RouteAuthorizers(
      SignedCallers signed, JwtAuthorizers tokens, RequestAuthorizers functions) {
    this.signed = signed;
    this.tokens = tokens;
    this.functions = functions;
  }

  /**
   * Who calls the route.
   *
   * @throws GatewayFault if they may not
   */
  Caller authorize(RouteMatch match) {
    return switch (match.route().authorization()) {
      case RouteAuthorization.Open _ -> Caller.ANONYMOUS;
      case RouteAuthorization.AwsIam _ -> signed.authorize(match);
      case RouteAuthorization.Jwt jwt -> tokens.authorize(match, jwt.authorizer(), jwt.scopes());
      case RouteAuthorization.Lambda function ->
          functions.authorize(
              match,
              function.authorizer(),
              function.authorizer().format() == PayloadFormat.V2
                  ? AuthorizerEvents::ofV2
                  : AuthorizerEvents::ofV1);
      case RouteAuthorization.Unusable unusable ->
          throw new GatewayFault(
                  GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR,
                  FaultCause.AUTHORIZER_UNUSABLE)
              .because(unusable.reason());
      case RouteAuthorization.Closed closed ->
          throw new GatewayFault(closed.refusal().type(), FaultCause.CLOSED)
              .because("closed: " + closed.refusal().setting() + " is not enforced yet");
    };
  }
}
