package io.portico.gateway.execute.usageplan;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MatchedCall;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.execute.throttle.Throttles.Bucket;
import io.portico.gateway.execute.throttle.Throttles.Kind;
import io.portico.gateway.snapshot.ApiKeySnapshot;
import io.portico.gateway.snapshot.ApiKeySource;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.ThrottleLimit;
import io.portico.gateway.snapshot.UsagePlanSnapshot;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The <b>usage plans</b>: does the caller of a method that requires an API key show one of a plan
 * for the stage, and is it within the plan's throttles? Runs behind the authorizers; the plan's
 * quota comes later ({@link UsageQuotas}). Where no key is required, whatever was sent is ignored,
 * and no plan limits the call.
 *
 * <p>Faults: {@code INVALID_API_KEY}, which tells a key that is missing, unknown, disabled or of no
 * plan for the stage apart in the log only; {@code THROTTLED}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html">Usage
 *     plans and API keys</a>
 */
public final class UsagePlans {
  private static final String API_KEY = "x-api-key";

  private final Throttles throttles;

  public UsagePlans(Throttles throttles) {
    this.throttles = throttles;
  }

  /**
   * Who calls, with his key and its plan.
   *
   * @param source where his key is
   * @param routes the names under which a plan may limit what is called, in the order in which they
   *     are looked for
   */
  public Caller admit(Caller caller, ApiKeySource source, List<String> routes, MatchedCall match) {
    ApiKeySnapshot key = shown(source, caller, match.invocation());
    UsagePlanSnapshot plan = match.invocation().usage().plan(key, match.stage().key());
    if (plan == null) {
      // Who shows it is known, though the stage is not his.
      match.invocation().observations().trail().showed(key.id());
      throw refused(
          FaultCause.API_KEY_WITHOUT_PLAN,
          "API key " + key.id() + " is in no usage plan for the stage");
    }
    Caller known = caller.with(key, plan);
    match.invocation().observations().identified(known);
    throttle(key, plan, routes, match);
    return known;
  }

  private static ApiKeySnapshot shown(ApiKeySource source, Caller caller, Invocation invocation) {
    String value =
        switch (source) {
          case HEADER -> invocation.request().headers().first(API_KEY);
          case AUTHORIZER ->
              caller.authorizer() == null ? null : caller.authorizer().usageIdentifierKey();
        };
    if (value == null) {
      throw refused(FaultCause.API_KEY_MISSING, "no API key");
    }
    ApiKeySnapshot key = invocation.usage().key(value);
    if (key == null) {
      invocation.observations().trail().showedUnknown(value);
      throw refused(FaultCause.API_KEY_UNKNOWN, "no enabled API key of a usage plan");
    }
    return key;
  }

  private static GatewayFault refused(FaultCause cause, String reason) {
    return new GatewayFault(GatewayResponseType.INVALID_API_KEY, cause).because(reason);
  }

  // AWS: first the client's own limit for the method, then its limit over the whole plan; source:
  // documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html.
  private void throttle(
      ApiKeySnapshot key, UsagePlanSnapshot plan, List<String> routes, MatchedCall match) {
    Map<String, ThrottleLimit> ofMethods = plan.stages().get(match.stage().key());
    if (ofMethods != null && !ofMethods.isEmpty()) {
      throttleRoute(key, plan, ofMethods, routes, match);
    }
    @Nullable ThrottleLimit ofClient = plan.throttle();
    if (ofClient != null
        && !throttles.admit(
            new Bucket(Kind.CLIENT, plan.id(), key.id(), match.stage().scope(), ""), ofClient)) {
      match.invocation().observations().trail().throttled(ofClient);
      throw throttled(FaultCause.THROTTLE_OF_CLIENT, plan, key, "client's throttle");
    }
  }

  private void throttleRoute(
      ApiKeySnapshot key,
      UsagePlanSnapshot plan,
      Map<String, ThrottleLimit> ofMethods,
      List<String> routes,
      MatchedCall match) {
    for (String route : routes) {
      ThrottleLimit limit = ofMethods.get(route);
      if (limit != null) {
        if (!throttles.admit(
            new Bucket(Kind.CLIENT_METHOD, plan.id(), key.id(), match.stage().key(), route),
            limit)) {
          match.invocation().observations().trail().throttled(limit);
          throw throttled(
              FaultCause.THROTTLE_OF_CLIENT_METHOD, plan, key, "client's throttle for the method");
        }
        return;
      }
    }
  }

  private static GatewayFault throttled(
      FaultCause cause, UsagePlanSnapshot plan, ApiKeySnapshot key, String which) {
    return new GatewayFault(GatewayResponseType.THROTTLED, cause)
        .because("usage plan " + plan.id() + ", API key " + key.id() + ": the " + which);
  }
}
