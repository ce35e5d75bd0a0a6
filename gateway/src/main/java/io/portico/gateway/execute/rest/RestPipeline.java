package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.AuthorizerContext;
import io.portico.gateway.execute.AuthorizerTestAnswer;
import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.CloudFrontHeaders;
import io.portico.gateway.execute.EndpointReply;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.ExecutionTrace;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.execute.IntegrationResponse;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.MethodTest;
import io.portico.gateway.execute.Pipeline;
import io.portico.gateway.execute.TestAnswer;
import io.portico.gateway.execute.authorizer.Authorizers;
import io.portico.gateway.execute.authorizer.KnownCaller;
import io.portico.gateway.execute.integration.Integrations;
import io.portico.gateway.execute.telemetry.ExecutionLog;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.execute.usageplan.UsageQuotas;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.StageSnapshot;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order of a request to a REST API. AWS fixes it; each stage takes what it needs and returns
 * the next type.
 */
public final class RestPipeline implements Pipeline<StageSnapshot> {
  private static final Logger LOG = LoggerFactory.getLogger(RestPipeline.class);

  private final Invocations invocations;
  private final Router router = new Router();
  private final Authorizers authorizers;
  private final MethodUsagePlans usagePlans;
  private final ServerThrottles throttles;
  private final UsageQuotas quotas;
  private final RequestDecompression decompression = new RequestDecompression();
  private final MethodRequestStage methodRequests = new MethodRequestStage();
  private final CacheStage cache;
  private final IntegrationRequestStage integrationRequests = new IntegrationRequestStage();
  private final Integrations integrations;
  private final IntegrationResponseStage integrationResponses = new IntegrationResponseStage();
  private final MethodResponseStage methodResponses = new MethodResponseStage();
  private final AnswerCompression compression = new AnswerCompression();
  private final GatewayResponseRenderer gatewayResponses = new GatewayResponseRenderer();
  private final Telemetry telemetry;
  private final Telemetry ofTests;

  /** A pipeline of whose tests nobody hears. */
  public RestPipeline(
      Invocations invocations, RuntimeState state, Integrations integrations, Telemetry telemetry) {
    this(invocations, state, integrations, telemetry, new Telemetry(List.of()));
  }

  /**
   * @param invocations begins each call
   * @param state what stages keep
   * @param integrations reaches the backends
   * @param telemetry hears of each call
   * @param ofTests hears of each test of a method
   */
  public RestPipeline(
      Invocations invocations,
      RuntimeState state,
      Integrations integrations,
      Telemetry telemetry,
      Telemetry ofTests) {
    this.invocations = invocations;
    this.authorizers = state.authorizers();
    this.usagePlans = new MethodUsagePlans(state.throttles());
    this.throttles = new ServerThrottles(state.throttles(), state.accountThrottle());
    this.quotas = new UsageQuotas(state.usage());
    this.cache = new CacheStage(state.cache(), authorizers::mayInvalidateCache);
    this.integrations = integrations;
    this.telemetry = telemetry;
    this.ofTests = ofTests;
  }

  @Override
  public HttpResponse answer(
      HttpRequest request, ApiAddress address, StageSnapshot stage, GatewaySnapshot snapshot) {
    Invocation invocation = invocations.begin(request, address, stage, snapshot);
    Telemetry.Observed observed = telemetry.began(invocation);
    return observed.answered(CloudFrontHeaders.added(answering(invocation, stage), invocation));
  }

  /**
   * Calls one method as TestInvokeMethod does: nobody is asked who calls, nothing limits the call,
   * and neither metrics nor access logs hear of it.
   *
   * @param requestId of the test
   * @param request as it is to be taken, without what a front end adds
   * @param stage stands for the one that a test has not
   */
  public TestAnswer test(
      String requestId, HttpRequest request, StageSnapshot stage, MethodTest test) {
    long start = System.nanoTime();
    ExecutionLog log = new ExecutionLog(invocations.clock());
    // AWS: logs nothing of a stream; source: documented, see TestedStream.
    boolean streamed = test.method().integration().isStreamed();
    Invocation invocation =
        invocations.beginTest(requestId, request, stage, test, streamed ? ExecutionTrace.OFF : log);
    Telemetry.Observed observed = ofTests.began(invocation);
    HttpResponse answer = answering(invocation, stage);
    // What the tester is told is the method's answer, whatever clients of the stage are told.
    HttpResponse _ = observed.answered(answer);
    return new TestAnswer(
        answer.status(),
        ExecutionLog.ofMethod(answer.headers(), invocation),
        streamed ? TestedStream.text(answer.body()) : ExecutionLog.text(answer.body()),
        (System.nanoTime() - start) / 1_000_000,
        log.ofTest(requestId));
  }

  /**
   * Asks an authorizer as TestInvokeAuthorizer does: of a method that calls nothing.
   *
   * @param requestId of the test
   * @param request as the authorizer is to see it
   * @param stage stands for the one that a test has not
   */
  public AuthorizerTestAnswer testAuthorizer(
      String requestId, HttpRequest request, StageSnapshot stage, MethodTest test) {
    long start = System.nanoTime();
    ExecutionLog log = new ExecutionLog(invocations.clock());
    Invocation invocation = invocations.beginTest(requestId, request, stage, test, log);
    int clientStatus = 0;
    KnownCaller known = null;
    try {
      MethodMatch match = router.match(invocation, stage, test.method());
      invocation.observations().matched(match);
      known = authorizers.test(match);
      log.authorizerDone(known.context());
    } catch (GatewayFault fault) {
      clientStatus = fault.status();
      log.authorizerFailed(fault, invocation);
    }
    AuthorizerContext context = known == null ? null : known.context();
    Map<String, String> claims = context == null ? null : context.claims();
    return new AuthorizerTestAnswer(
        clientStatus,
        (System.nanoTime() - start) / 1_000_000,
        log.ofTest(requestId),
        context == null ? null : context.principalId(),
        known == null ? null : known.policy(),
        claims == null ? Map.of() : claims);
  }

  private HttpResponse invokeTested(Invocation invocation, StageSnapshot stage, MethodTest test) {
    MethodMatch match = router.match(invocation, stage, test.method());
    invocation.observations().matched(match);
    invocation.observations().identified(test.asCaller());
    return invokeMethod(match.request(), match, test.asCaller());
  }

  private HttpResponse invoke(Invocation invocation, StageSnapshot stage) {
    MethodMatch match = router.route(invocation, stage);
    invocation.observations().matched(match);
    invocation.trace().routed(match);
    Caller known = authorizers.authorize(match);
    invocation.trace().authorized(known, match);
    Caller caller = usagePlans.admit(known, match);
    throttles.admit(match);
    quotas.admit(caller, match);
    MethodRequest received = decompression.decompressed(match.request(), match);
    return compression.applied(invokeMethod(received, match, caller), match);
  }

  private HttpResponse invokeMethod(MethodRequest received, MethodMatch match, Caller caller) {
    MethodRequest request = methodRequests.accept(received, match);
    return cache.through(request, match, caller, new Backend(request, match, caller));
  }

  /** What stands behind the cache, for one request. */
  private final class Backend implements CacheStage.Backend {
    private final MethodRequest request;
    private final MethodMatch match;
    private final Caller caller;

    Backend(MethodRequest request, MethodMatch match, Caller caller) {
      this.request = request;
      this.match = match;
      this.caller = caller;
    }

    @Override
    public EndpointResponse call() {
      IntegrationRequest outbound = integrationRequests.map(request, match, caller);
      return integrations.call(outbound, match, caller);
    }

    @Override
    public HttpResponse answer(EndpointReply reply) {
      IntegrationResponse mapped = integrationResponses.map(reply, request, match);
      return methodResponses.finish(mapped, match);
    }
  }

  /** The one place where a failure is caught; a fault's answer may fail by a bug as well. */
  private HttpResponse answering(Invocation invocation, StageSnapshot stage) {
    try {
      return answeringFaults(invocation, stage);
    } catch (RuntimeException | StackOverflowError bug) {
      LOG.error("request {} failed in the gateway", invocation.requestId(), bug);
      invocation.observations().trail().refused(FaultCause.GATEWAY_FAILED, bug.toString());
      HttpResponse bare = gatewayResponses.bare(invocation);
      invocation.trace().broken(bare);
      return bare;
    }
  }

  private HttpResponse answeringFaults(Invocation invocation, StageSnapshot stage) {
    MethodTest test = invocation.test();
    try {
      return test == null ? invoke(invocation, stage) : invokeTested(invocation, stage, test);
    } catch (GatewayFault fault) {
      return refused(fault, invocation, stage);
    }
  }

  private HttpResponse refused(GatewayFault fault, Invocation invocation, StageSnapshot stage) {
    invocation.observations().failed(fault);
    if (fault.type() == GatewayResponseType.API_CONFIGURATION_ERROR) {
      LOG.warn(
          "request {} to stage {} of API {}: {}",
          invocation.requestId(),
          stage.stageName(),
          stage.apiId(),
          fault.reason());
    } else {
      LOG.debug("request {}: {} {}", invocation.requestId(), fault.type(), fault.reason());
    }
    HttpResponse response = gatewayResponses.render(fault, invocation, stage.gatewayResponses());
    invocation.trace().failed(fault, response, invocation);
    return response;
  }
}
