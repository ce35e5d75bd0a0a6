package io.portico.gateway.execute.websocket;

import io.portico.gateway.execute.ConnectionEvent;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.WebSocketCall;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.execute.throttle.Throttles.Bucket;
import io.portico.gateway.execute.throttle.Throttles.Kind;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.ThrottleLimit;
import org.jspecify.annotations.Nullable;

/**
 * The <b>throttles</b> of routes, over all clients: the stage's for the route, that of new
 * connections, then the account's, which all its APIs share. A connection is a call, and so is a
 * message. Fault: {@code THROTTLED}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html">Protect
 *     your WebSocket APIs</a>
 */
final class RouteThrottling {
  private final Throttles throttles;
  private final @Nullable ThrottleLimit ofNewConnections;
  private final @Nullable ThrottleLimit ofAccount;

  /**
   * @param ofNewConnections for each account in a region, over all its WebSocket APIs; or null
   * @param ofAccount for each account in a region, over all its APIs; or null
   */
  RouteThrottling(
      Throttles throttles,
      @Nullable ThrottleLimit ofNewConnections,
      @Nullable ThrottleLimit ofAccount) {
    this.throttles = throttles;
    this.ofNewConnections = ofNewConnections;
    this.ofAccount = ofAccount;
  }

  void admit(WebSocketCall call) {
    ThrottleLimit ofRoute = call.route() == null ? null : call.route().throttle();
    if (ofRoute != null
        && !throttles.admit(
            new Bucket(Kind.METHOD, call.stage().key(), call.routeKey(), "", ""), ofRoute)) {
      throw throttled(
          call, FaultCause.THROTTLE_OF_METHOD, ofRoute, "the stage's throttle for the route");
    }
    // AWS: in which order, and that the answer is that of other throttles, is assumed.
    if (ofNewConnections != null
        && call.event().type() == ConnectionEvent.Type.CONNECT
        && !throttles.admit(
            new Bucket(Kind.CONNECTION, call.stage().scope(), "", "", ""), ofNewConnections)) {
      throw throttled(
          call,
          FaultCause.THROTTLE_OF_CONNECTIONS,
          ofNewConnections,
          "the account's throttle for new connections");
    }
    if (!admitsOfAccount(call.stage())) {
      throw throttled(call, FaultCause.THROTTLE_OF_ACCOUNT, ofAccount, "the account's throttle");
    }
  }

  /** Whether the account may make one more call. */
  boolean admitsOfAccount(ServedStage stage) {
    return ofAccount == null
        || throttles.admit(new Bucket(Kind.ACCOUNT, stage.scope(), "", "", ""), ofAccount);
  }

  private static GatewayFault throttled(
      WebSocketCall call, FaultCause cause, @Nullable ThrottleLimit limit, String reason) {
    call.invocation().observations().trail().throttled(limit);
    return new GatewayFault(GatewayResponseType.THROTTLED, cause).because(reason);
  }
}
