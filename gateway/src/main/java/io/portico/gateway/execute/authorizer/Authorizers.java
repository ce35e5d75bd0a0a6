package io.portico.gateway.execute.authorizer;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.snapshot.Authorization;
import io.portico.gateway.snapshot.Refusal;

/**
 * The <b>authorizers</b>: who calls, and may they? The second stage.
 *
 * <p>Every setting that restricts access and is not enforced yet refuses whoever calls: see {@link
 * Refusal}.
 */
public final class Authorizers {

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
      case Authorization.Closed closed -> throw refused(closed.refusal(), match);
    };
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
