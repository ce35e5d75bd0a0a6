package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.execute.throttle.Throttles.Bucket;
import io.portico.gateway.execute.throttle.Throttles.Kind;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.MethodSettings;
import io.portico.gateway.snapshot.StageSnapshot;
import io.portico.gateway.snapshot.ThrottleLimit;
import org.jspecify.annotations.Nullable;

/**
 * The <b>server-side throttles</b>, over all clients: the stage's for the method, or for its
 * requests with one HTTP method, then the account's. Runs behind the usage plans, whose limits come
 * first. Fault: {@code THROTTLED}.
 *
 * <p>AWS: the answer says nothing of when to try again; source: inferred, its documentation knows
 * no {@code Retry-After} here.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html">Throttling</a>
 */
final class ServerThrottles {
  private final Throttles throttles;
  private final @Nullable ThrottleLimit ofAccount;

  /**
   * @param ofAccount for each account in a region, over all its APIs; or null
   */
  ServerThrottles(Throttles throttles, @Nullable ThrottleLimit ofAccount) {
    this.throttles = throttles;
    this.ofAccount = ofAccount;
  }

  void admit(MethodMatch match) {
    StageSnapshot stage = match.stage();
    MethodSettings settings = match.settings();
    ThrottleLimit ofMethod = settings.throttle();
    if (ofMethod != null
        && !throttles.admit(
            new Bucket(Kind.METHOD, stage.key(), settings.throttled(), "", ""), ofMethod)) {
      throw throttled(
          match, FaultCause.THROTTLE_OF_METHOD, ofMethod, "the stage's throttle for the method");
    }
    if (ofAccount != null
        && !throttles.admit(new Bucket(Kind.ACCOUNT, stage.scope(), "", "", ""), ofAccount)) {
      throw throttled(match, FaultCause.THROTTLE_OF_ACCOUNT, ofAccount, "the account's throttle");
    }
  }

  private static GatewayFault throttled(
      MethodMatch match, FaultCause cause, ThrottleLimit limit, String reason) {
    match.invocation().observations().trail().throttled(limit);
    return new GatewayFault(GatewayResponseType.THROTTLED, cause).because(reason);
  }
}
