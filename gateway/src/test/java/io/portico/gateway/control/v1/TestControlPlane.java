package io.portico.gateway.control.v1;

import io.portico.gateway.aws.ArnPattern;
import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.LinkTargets;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.SnapshotCompiler;
import io.portico.gateway.compile.UserPoolIssuers;
import io.portico.gateway.control.Publisher;
import io.portico.gateway.control.domains.Certificates;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.ControlHosts;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.OperationHandler;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.control.quota.Rates;
import io.portico.gateway.control.v2.V2Environment;
import io.portico.gateway.control.v2.V2OperationRates;
import io.portico.gateway.control.v2.V2Operations;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.store.Records;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** API Gateway v1 over a store of its own, with known ids and a clock that stands still. */
final class TestControlPlane {
  static final Caller CALLER = new Caller("111122223333", "eu-west-1", null);
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private static final ControlHosts CONTROL_HOSTS =
      new ControlHosts(List.of("control.example.com"));

  /** What is behind VPC links to load balancers called pets: two servers, of which one is down. */
  private static final LinkTargets PETS_BEHIND_LINKS =
      new LinkTargets(
          List.of(
              new LinkTargets.Rule(
                  Objects.requireNonNull(
                      ArnPattern.of("arn:aws:elasticloadbalancing:*:*:loadbalancer/net/pets/*")),
                  List.of(
                      new Origin(false, "down.test", 80, true),
                      new Origin(false, "pets.test", 80, true)))));

  private static final Certificates CERTIFICATES =
      (reader, arn) ->
          arn.endsWith("/unissued")
              ? Certificates.Origin.NONE
              : arn.endsWith("/imported")
                  ? Certificates.Origin.IMPORTED
                  : Certificates.Origin.ISSUED_BY_ACM;

  final TestStore store = new TestStore();
  final RecordingPublisher publisher = new RecordingPublisher();
  final Records records = new Records(store);
  final WrittenUsage usage = new WrittenUsage(records);
  final List<String> flushed = new ArrayList<>();
  final ScriptedBackends backends = new ScriptedBackends();
  private @Nullable NormalisedTestRuns testRuns;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Operations operations;
  private final Operations v2;

  TestControlPlane() {
    this.operations = operations(publisher, Quotas.standard(CLOCK));
    this.v2 = v2(publisher, Quotas.standard(CLOCK));
  }

  TestControlPlane(Publisher publisher) {
    this.operations = operations(publisher, Quotas.standard(CLOCK));
    this.v2 = v2(publisher, Quotas.standard(CLOCK));
  }

  TestControlPlane(Quotas quotas) {
    this.operations = operations(publisher, quotas);
    this.v2 = v2(publisher, quotas);
  }

  /** One that clients call no more often than the rates among the quotas allow. */
  TestControlPlane(Quotas quotas, LongSupplier nanoTime) {
    Rates rates = new Rates(quotas, nanoTime);
    this.operations = OperationRates.limited(operations(publisher, quotas), rates);
    this.v2 = V2OperationRates.limited(v2(publisher, quotas), rates);
  }

  private Operations operations(Publisher stages, Quotas quotas) {
    NormalisedTestRuns runs = new NormalisedTestRuns(backends, CLOCK, new ToldOverruns(quotas));
    testRuns = runs;
    return V1Operations.of(
        new V1Environment(
            records,
            stages,
            CLOCK,
            this::nextId,
            ThrottleSettings.AWS,
            quotas,
            new SnapshotCompiler(
                quotas.callLimits(),
                new ServiceEndpoints(Map.of(), null, false),
                new FunctionEndpoints(List.of(), EndpointUrl.of(URI.create("https://lambda.test"))),
                new UserPoolIssuers(new ServiceEndpoints(Map.of(), null, false)),
                PETS_BEHIND_LINKS),
            runs,
            runs,
            usage,
            (apiId, stageName) -> flushed.add(apiId + "/" + stageName),
            CONTROL_HOSTS,
            CERTIFICATES));
  }

  private Operations v2(Publisher publisher, Quotas quotas) {
    return V2Operations.of(
        new V2Environment(
            records,
            publisher,
            CLOCK,
            this::nextId,
            quotas,
            CONTROL_HOSTS,
            CERTIFICATES,
            flushed::add));
  }

  /** As the server's are, in whose log they stand. */
  private record ToldOverruns(Quotas quotas) implements Overruns {
    @Override
    public void payload(ServedStage stage, long bytes) {
      quotas.tell(Quota.PAYLOAD_SIZE, stage.apiId(), bytes);
    }

    @Override
    public void payloadBeyond(ServedStage stage, long bytes) {
      quotas.tellBeyond(Quota.PAYLOAD_SIZE, stage.apiId(), bytes);
    }

    @Override
    public void iterations(ServedStage stage, long count) {
      quotas.tell(Quota.FOREACH_ITERATIONS, stage.apiId(), count);
    }

    @Override
    public void headers(ServedStage stage, long bytes) {
      quotas.tell(Quota.HEADER_SIZE, stage.apiId(), bytes);
    }

    @Override
    public void url(ServedStage stage, long characters) {
      Quota length = stage.cloudFront() == null ? Quota.URL_LENGTH : Quota.EDGE_URL_LENGTH;
      quotas.tell(length, stage.apiId(), characters);
    }

    @Override
    public void authorizerResult(ServedStage stage, long bytes) {
      quotas.tell(Quota.AUTHORIZER_RESULT_SIZE, stage.apiId(), bytes);
    }
  }

  private String nextId(int length) {
    return ("id%0" + (length - 2) + "d").formatted(lastId.incrementAndGet());
  }

  /** What tests methods and authorizers. */
  NormalisedTestRuns testRuns() {
    return Objects.requireNonNull(testRuns);
  }

  Operations operations() {
    return operations;
  }

  /** Those of API Gateway v2, on the same records. */
  Operations v2() {
    return v2;
  }

  ObjectNode call(String operation, ObjectNode input) {
    return call(CALLER, operation, input);
  }

  ObjectNode call(Caller caller, String operation, ObjectNode input) {
    return call(operations, caller, operation, input);
  }

  ObjectNode callV2(String operation, ObjectNode input) {
    return callV2(CALLER, operation, input);
  }

  ObjectNode callV2(Caller caller, String operation, ObjectNode input) {
    return call(v2, caller, operation, input);
  }

  private static ObjectNode call(
      Operations operations, Caller caller, String operation, ObjectNode input) {
    OperationHandler handler = operations.find(operation);
    if (handler == null) {
      throw new IllegalArgumentException("no such operation: " + operation);
    }
    return handler.handle(new OperationCall(operation, caller, "request", new Input(input)));
  }
}
