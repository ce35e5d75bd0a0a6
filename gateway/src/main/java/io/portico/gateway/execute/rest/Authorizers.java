package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.snapshot.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The <b>authorizers</b>: who calls, and may they? The second stage.
 *
 * <p>Lets {@code authorizationType NONE} pass. Every other setting that restricts access is not
 * enforced yet, and so refuses whoever calls: see {@link Refusal}.
 */
final class Authorizers {

  Caller authorize(Invocation invocation, MethodMatch match) {
    refuse(invocation.stage().refusal(), match);
    refuse(match.method().refusal(), match);
    return Caller.ANONYMOUS;
  }

  private static void refuse(@Nullable Refusal refusal, MethodMatch match) {
    if (refusal == null) {
      return;
    }
    GatewayFault fault =
        refusal.namesResource()
            ? new GatewayFault(refusal.type(), text(match))
            : new GatewayFault(refusal.type());
    throw fault.because("closed: " + refusal.setting() + " is not enforced yet");
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
