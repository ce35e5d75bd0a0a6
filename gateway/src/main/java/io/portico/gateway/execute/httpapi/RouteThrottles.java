package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.execute.throttle.Throttles.Bucket;
import io.portico.gateway.execute.throttle.Throttles.Kind;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.ThrottleLimit;
import org.jspecify.annotations.Nullable;

/**
 * The <b>throttles</b> of routes, over all clients: the stage's for the route, then the account's,
 * which all its APIs share. Fault: {@code THROTTLED}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html">
 *     Throttle requests to your HTTP APIs</a>
 */
public final class RouteThrottles {
  private final Throttles throttles;
  private final @Nullable ThrottleLimit ofAccount;

  /**
   * @param throttles the token buckets
   * @param ofAccount for each account in a region, over all its APIs; or null
   */
  public RouteThrottles(Throttles throttles, @Nullable ThrottleLimit ofAccount) {
    this.throttles = throttles;
    this.ofAccount = ofAccount;
  }

  void admit(RouteMatch match) {
    ThrottleLimit ofRoute = match.route().throttle();
    if (ofRoute != null
        && !throttles.admit(
            new Bucket(Kind.METHOD, match.stage().key(), match.route().routeKey(), "", ""),
            ofRoute)) {
      throw throttled(
          match, FaultCause.THROTTLE_OF_METHOD, ofRoute, "the stage's throttle for the route");
    }
    if (ofAccount != null
        && !throttles.admit(
            new Bucket(Kind.ACCOUNT, match.stage().scope(), "", "", ""), ofAccount)) {
      throw throttled(match, FaultCause.THROTTLE_OF_ACCOUNT, ofAccount, "the account's throttle");
    }
  }

  private static GatewayFault throttled(
      RouteMatch match, FaultCause cause, ThrottleLimit limit, String reason) {
    match.invocation().observations().trail().throttled(limit);
    return new GatewayFault(GatewayResponseType.THROTTLED, cause).because(reason);
  }
}
