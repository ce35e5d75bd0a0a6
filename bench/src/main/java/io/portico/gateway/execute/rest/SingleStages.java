package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.execute.IntegrationResponse;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.execute.usage.UsageLedger;
import io.portico.gateway.execute.usage.UsageMeters;
import io.portico.gateway.execute.usageplan.UsageQuotas;
import io.portico.gateway.snapshot.StageSnapshot;
import java.time.Clock;

/**
 * The stages of the REST pipeline one by one, for benchmarks. Here, since nobody but the pipeline
 * sees them in the gateway, and nobody but benchmarks should.
 */
public final class SingleStages {
  private final Router router = new Router();
  private final MethodUsagePlans usagePlans = new MethodUsagePlans(new Throttles());
  private final UsageQuotas quotas =
      new UsageQuotas(new UsageMeters(UsageLedger.NONE, Clock.systemUTC()));
  private final MethodRequestStage methodRequests = new MethodRequestStage();
  private final IntegrationRequestStage integrationRequests = new IntegrationRequestStage();
  private final IntegrationResponseStage integrationResponses = new IntegrationResponseStage();

  public MethodMatch route(Invocation invocation) {
    return router.route(invocation, (StageSnapshot) invocation.stage());
  }

  public Caller admit(MethodMatch match) {
    return usagePlans.admit(Caller.ANONYMOUS, match);
  }

  public void count(Caller caller, MethodMatch match) {
    quotas.admit(caller, match);
  }

  public MethodRequest accept(MethodRequest request, MethodMatch match) {
    return methodRequests.accept(request, match);
  }

  public IntegrationRequest map(MethodRequest request, MethodMatch match) {
    return integrationRequests.map(request, match, Caller.ANONYMOUS);
  }

  public IntegrationResponse map(
      EndpointResponse endpoint, MethodRequest request, MethodMatch match) {
    return integrationResponses.map(IntegrationResponseStage.read(endpoint, match), request, match);
  }
}
