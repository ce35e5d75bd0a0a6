package io.portico.gateway.execute.rest;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.DataPlane;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.NoHttpApis;
import io.portico.gateway.execute.NoWebSocketApis;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.authorizer.UserPoolAuthorizers;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.integration.Integrations;
import io.portico.gateway.execute.integration.LambdaInvoke;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.snapshot.CurrentSnapshot;
import java.time.Clock;
import java.util.List;

/** A front door before one stage. */
final class TestGateway {
  private TestGateway() {}

  static DataPlane of(CaseApi api, Upstream upstream) {
    return of(api, upstream, Carrier.UNSHARED);
  }

  static DataPlane of(CaseApi api, Upstream upstream, Carrier carrier) {
    return of(api, upstream, new Invocations(Clock.systemUTC(), carrier, Overruns.UNTOLD));
  }

  static DataPlane of(CaseApi api, Upstream upstream, Invocations invocations) {
    return of(api, upstream, invocations, new Telemetry(List.of()));
  }

  static DataPlane of(
      CaseApi api, Upstream upstream, Invocations invocations, Telemetry telemetry) {
    CurrentSnapshot snapshot = new CurrentSnapshot();
    snapshot.update(current -> api.served());
    Clock clock = Clock.systemUTC();
    Credentials credentials = new Credentials("test", "test", null);
    return new DataPlane(
        snapshot,
        new RestPipeline(
            invocations,
            RuntimeState.fresh(
                new LambdaInvoke(upstream, credentials, clock),
                new UserPoolAuthorizers(upstream, clock)),
            new Integrations(upstream, credentials, clock),
            telemetry),
        NoHttpApis.PIPELINE,
        NoWebSocketApis.PIPELINE,
        Overruns.UNTOLD,
        host -> false);
  }
}
