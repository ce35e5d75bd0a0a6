package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.execute.usageplan.UsagePlans;
import io.portico.gateway.snapshot.ApiKeySource;
import java.util.List;

/** The <b>API keys</b> of methods that ask for one, and their usage plans' throttles. */
final class MethodUsagePlans {
  private final UsagePlans plans;

  MethodUsagePlans(Throttles throttles) {
    this.plans = new UsagePlans(throttles);
  }

  /**
   * Who calls, with his key and its plan where the method asks for a key.
   *
   * @throws GatewayFault as {@link UsagePlans#admit}
   */
  // AWS: that requests to ANY have the throttle of their own HTTP method, and without one that of
  // ANY, is assumed from a stage's settings, of which users report it.
  Caller admit(Caller caller, MethodMatch match) {
    ApiKeySource source = match.method().apiKeySource();
    return source == null
        ? caller
        : plans.admit(caller, source, List.of(match.settings().key(), match.method().key()), match);
  }
}
