package io.portico.gateway.execute.authorizer;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.snapshot.Authorization;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.Refusal;

/**
 * The <b>authorizers</b>: who calls, and may they? The second stage.
 *
 * <p>Every setting that restricts access and is not enforced yet refuses whoever calls: see {@link
 * Refusal}.
 */
public final class Authorizers {
  private final LambdaAuthorizers lambda;
  private final UserPoolAuthorizers userPools;

  /**
   * @param lambda those that are functions
   * @param userPools those that are Cognito user pools
   */
  public Authorizers(LambdaAuthorizers lambda, UserPoolAuthorizers userPools) {
    this.lambda = lambda;
    this.userPools = userPools;
  }

  /**
   * Who calls the method.
   *
   * @throws GatewayFault if they may not
   */
  public Caller authorize(Invocation invocation, MethodMatch match) {
    Refusal ofStage = invocation.stage().refusal();
    if (ofStage != null) {
      throw refused(ofStage, match);
    }
    return switch (match.method().authorization()) {
      case Authorization.Open open -> Caller.ANONYMOUS;
      case Authorization.Lambda function -> lambda.authorize(match, function.authorizer());
      case Authorization.UserPools pools ->
          userPools.authorize(match, pools.authorizer(), pools.scopes());
      case Authorization.Unusable unusable -> throw unusable(unusable);
      case Authorization.Closed closed -> throw refused(closed.refusal(), match);
    };
  }

  /**
   * Whom the authorizer of a method knows, whatever he may call; nothing of it is kept.
   *
   * @throws GatewayFault if it knows nobody, or cannot be asked
   */
  public KnownCaller test(MethodMatch match) {
    return switch (match.method().authorization()) {
      case Authorization.Lambda function -> lambda.test(match, function.authorizer());
      case Authorization.UserPools pools -> userPools.test(match, pools.authorizer());
      case Authorization.Unusable unusable -> throw unusable(unusable);
      case Authorization.Closed closed -> throw refused(closed.refusal(), match);
      case Authorization.Open open -> throw new IllegalArgumentException("no authorizer");
    };
  }

  private static GatewayFault unusable(Authorization.Unusable authorizer) {
    return new GatewayFault(GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR)
        .because(authorizer.reason());
  }

  private static GatewayFault refused(Refusal refusal, MethodMatch match) {
    GatewayFault fault =
        refusal.namesResource()
            ? new GatewayFault(refusal.type(), text(match))
            : new GatewayFault(refusal.type());
    return fault.because("closed: " + refusal.setting() + " is not enforced yet");
  }

  /**
   * AWS: shows the last four digits of the account; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html.
   */
  private static String text(MethodMatch match) {
    String account = match.stage().accountId();
    return "User: anonymous is not authorized to perform: execute-api:Invoke on resource: "
        + match.arn("********" + account.substring(Math.max(account.length() - 4, 0)));
  }
}
