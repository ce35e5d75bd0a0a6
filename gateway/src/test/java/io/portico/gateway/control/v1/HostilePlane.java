package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.LinkTargets;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.SnapshotCompiler;
import io.portico.gateway.compile.UserPoolIssuers;
import io.portico.gateway.compile.httpapi.HttpApiCompiler;
import io.portico.gateway.compile.websocket.WebSocketApiCompiler;
import io.portico.gateway.control.SnapshotPublisher;
import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.AwsApiHandler;
import io.portico.gateway.control.protocol.CallerResolver;
import io.portico.gateway.control.protocol.ControlHosts;
import io.portico.gateway.control.protocol.ServiceModel;
import io.portico.gateway.control.protocol.WireAnswer;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.CurrentSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** API Gateway v1 that compiles and publishes what it stores, called as clients call it. */
final class HostilePlane {
  private static final int MOST_BYTES = 1 << 24;

  private final CurrentSnapshot snapshot = new CurrentSnapshot();
  final ServiceModel model = ServiceModel.of(AwsApi.API_GATEWAY);
  final TestControlPlane control =
      new TestControlPlane(
          new SnapshotPublisher(
              snapshot,
              new SnapshotCompiler(
                  CallLimits.AWS,
                  new ServiceEndpoints(Map.of(), null, false),
                  new FunctionEndpoints(List.of(), null)),
              new HttpApiCompiler(
                  CallLimits.AWS,
                  new ServiceEndpoints(Map.of(), null, false),
                  new FunctionEndpoints(List.of(), null),
                  new UserPoolIssuers(new ServiceEndpoints(Map.of(), null, false)),
                  LinkTargets.NONE),
              new WebSocketApiCompiler(
                  CallLimits.AWS,
                  WebSocketLimits.standard(),
                  new ServiceEndpoints(Map.of(), null, false),
                  new FunctionEndpoints(List.of(), null),
                  LinkTargets.NONE),
              (records, arn) -> null));
  private final AwsApiHandler service =
      new AwsApiHandler(
          model,
          control.operations(),
          new CallerResolver(
              TestControlPlane.CALLER.accountId(),
              TestControlPlane.CALLER.region(),
              new ControlHosts(List.of())));

  private int published;

  HostilePlane() {
    snapshot.onUpdate(_ -> published++);
  }

  /** How often something was published. */
  int published() {
    return published;
  }

  /**
   * What came of a call.
   *
   * @param sent the body of the request
   * @param answer the body of the response
   */
  record Outcome(int status, String sent, String answer) {
    boolean refused() {
      return status >= 300;
    }
  }

  /** Names of all operations that are built, in order. */
  List<String> operations() {
    return control.operations().names().stream().sorted().toList();
  }

  /**
   * Makes a call, which must be answered or refused; a refused one must change nothing.
   *
   * @param what it is, for whoever reads of a failure
   */
  Outcome call(HttpRequest request, String what) throws IOException {
    Object before = control.store.state();
    int publishedBefore = published;
    WireAnswer answer = answer(request);
    Outcome outcome =
        new Outcome(answer.status(), text(request.body().readAll(MOST_BYTES)), answer.text());
    assertThat(outcome.status)
        .as("%s: %s %s", what, request.target(), outcome.sent)
        .isLessThan(500);
    if (outcome.refused()) {
      assertThat(control.store.state()).as("%s: refused", what).isSameAs(before);
      assertThat(published).as("%s: refused, and published", what).isEqualTo(publishedBefore);
    }
    return outcome;
  }

  /** Makes a call, of which nothing is asked. */
  WireAnswer answer(HttpRequest request) throws IOException {
    return WireAnswer.of(service.handle(request));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
