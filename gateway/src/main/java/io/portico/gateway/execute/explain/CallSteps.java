package io.portico.gateway.execute.explain;

import io.portico.gateway.execute.AccessPhase;
import io.portico.gateway.execute.AuthorizerCall;
import io.portico.gateway.execute.AuthorizerContext;
import io.portico.gateway.execute.CallTrail;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.execute.explain.ExplainEntry.Called;
import io.portico.gateway.execute.explain.ExplainEntry.Step;
import io.portico.gateway.execute.mapping.Expressions;
import io.portico.gateway.execute.usage.UsedDay;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.snapshot.RequestValidation;
import io.portico.gateway.snapshot.StageSnapshot;
import io.portico.gateway.snapshot.UsageQuota;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way of one call, stage by stage, out of what it has left. */
final class CallSteps {
  /** What the parameters of a path are shown as, not decoded. */
  static final String PATH_PARAMETERS = "pathParameters";

  private static final double MILLI = 1e6;

  /** What the validator says of a content. */
  private static final Set<FaultCause> OF_CONTENT =
      Set.of(FaultCause.BODY_NO_JSON, FaultCause.BODY_INVALID, FaultCause.NO_MODEL);

  private final Invocation invocation;
  private final Observations observed;
  private final CallTrail trail;
  private final List<Step> steps = new ArrayList<>();

  private CallSteps(Invocation invocation) {
    this.invocation = invocation;
    this.observed = invocation.observations();
    this.trail = observed.trail();
  }

  static List<Step> of(Invocation invocation, @Nullable Called called, LimitStates limits) {
    CallSteps way = new CallSteps(invocation);
    if (called != null) {
      way.reached(called);
      way.identified(called);
    }
    way.steps.addAll(PolicySteps.of(way.trail.policies()));
    if (called != null) {
      way.limited(called, limits.buckets());
      way.metered(called, limits.usage());
    }
    way.validated();
    way.cached();
    way.templates(true);
    way.called();
    way.answered();
    way.templates(false);
    way.refused();
    return List.copyOf(way.steps);
  }

  private void reached(Called called) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("route", called.name());
    values.put("id", called.id());
    MethodMatch match = observed.match();
    if (match != null && !match.pathVariables().isEmpty()) {
      values.put(PATH_PARAMETERS, match.pathVariables());
    }
    RouteMatch route = observed.route();
    if (route != null && !route.rawPathParameters().isEmpty()) {
      values.put(PATH_PARAMETERS, route.rawPathParameters());
    }
    steps.add(new Step("routed", -1, values));
  }

  private static String answer(AuthorizerCall asked) {
    if (asked.functionNanos() == 0) {
      return "kept from an earlier call";
    }
    return asked.functionStartNanos() == 0 ? "not asked" : "asked";
  }

  private void identified(Called called) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("authorizationType", called.authorization());
    if (invocation.test() != null) {
      values.put("result", "not asked: the method is tested");
    }
    put(values, "authorizerId", called.authorizerId());
    AuthorizerCall asked = observed.authorizerCall();
    if (asked != null) {
      values.put("status", asked.status());
      values.put("milliseconds", asked.nanos() / MILLI);
      if (called.authorization().equals("CUSTOM")) {
        values.put("answer", answer(asked));
      }
      put(values, "functionRequestId", asked.requestId().isEmpty() ? null : asked.requestId());
      put(values, "error", asked.error());
    }
    AuthorizerContext said = observed.caller().authorizer();
    if (said != null && said.principalId() != null) {
      values.put("principalId", Secrets.masked(said.principalId()));
    }
    put(values, "principal", called.principal());
    phase(values, "authentication", observed.authentication());
    phase(values, "authorization", observed.authorization());
    steps.add(new Step("authorized", -1, values));
  }

  private static void phase(Map<String, Object> values, String name, @Nullable AccessPhase phase) {
    if (phase != null) {
      values.put(name, phase.error() == null ? "passed" : phase.error());
    }
  }

  private void limited(Called called, BucketStates buckets) {
    if (called.keyId() != null) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("apiKeyId", called.keyId());
      put(values, "usagePlanId", called.planId());
      UsageQuota quota = called.quota();
      if (quota != null) {
        values.put("quota", quota.limit() + " a " + quota.period());
      }
      steps.add(new Step("identifiedByKey", -1, values));
    }
    for (BucketStates.State state : buckets.of(invocation)) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("bucket", state.of());
      values.put("rateLimit", state.limit().rate());
      values.put("burstLimit", state.limit().burst());
      values.put("tokensLeft", state.left());
      steps.add(new Step("throttled", -1, values));
    }
  }

  private void metered(Called called, UsageStates usage) {
    UsageQuota quota = called.quota();
    UsedDay today = quota == null ? null : usage.of(invocation);
    if (quota != null && today != null && today.remaining() != null) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("limit", quota.limit());
      values.put("period", quota.period().name());
      values.put("usedToday", today.used());
      values.put("left", today.remaining());
      steps.add(new Step("metered", -1, values));
    }
  }

  private void validated() {
    GatewayFault fault = observed.fault();
    if (fault != null && fault.validationErrors() != null) {
      steps.add(new Step("validated", -1, Map.of("errors", Excerpt.of(fault.validationErrors()))));
    } else if (hasPassedValidation(fault)) {
      steps.add(new Step("validated", -1, Map.of("result", "passed")));
    }
  }

  /** Parameters are looked at before the content is received, and the content behind that. */
  private boolean hasPassedValidation(@Nullable GatewayFault fault) {
    MethodMatch match = observed.match();
    return match != null
        && !match.method().validation().equals(RequestValidation.NONE)
        && trail.received() != null
        && trail.refusal() == null
        && (fault == null || !OF_CONTENT.contains(fault.why()));
  }

  private void cached() {
    if (observed.isCacheHit() || observed.isCacheMiss()) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("cache", observed.isCacheHit() ? "hit" : "miss");
      Map<String, String> key = new LinkedHashMap<>();
      for (int i = 0; i < trail.cacheParameters().size(); i++) {
        key.put(trail.cacheParameters().get(i), String.join(",", trail.cacheValues().get(i)));
      }
      if (!key.isEmpty()) {
        values.put("key", key);
      }
      steps.add(new Step("lookedUp", -1, values));
    }
  }

  private void templates(boolean ofRequest) {
    for (CallTrail.Rendered each : trail.templates()) {
      if (each.failure().equals(Expressions.NO_REQUEST) == ofRequest) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("of", ofRequest ? "integration request" : "integration response");
        values.put("input", Excerpt.of(each.input().bytes()));
        put(values, "output", each.output() == null ? null : Excerpt.of(each.output()));
        values.put("result", each.output() == null ? "failed" : "rendered");
        steps.add(new Step("templateRendered", -1, values));
      }
    }
  }

  private void called() {
    UpstreamRequest request = trail.request();
    if (request == null && trail.function() == null) {
      return;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    if (request != null) {
      values.put("method", request.method());
      values.put(
          "uri",
          (request.origin().tls() ? "https://" : "http://")
              + request.origin().authority()
              + request.target());
      values.put("headers", request.headers());
    } else {
      put(values, "function", trail.function());
    }
    put(values, "body", Excerpt.of(trail.sent()));
    steps.add(
        new Step(
            "integrationCalled",
            observed.integrationCalled()
                ? observed.integrationStartNanos() - invocation.request().arrivalNanos()
                : -1,
            values));
  }

  private void answered() {
    EndpointResponse answer = trail.answer();
    if (observed.integrationReached()) {
      Map<String, Object> values = new LinkedHashMap<>();
      if (observed.integrationStatus() != 0) {
        values.put("status", observed.integrationStatus());
      }
      values.put("milliseconds", observed.headNanos() / MILLI);
      if (observed.invocationStatus() != 0) {
        values.put("lambdaStatus", observed.invocationStatus());
        put(
            values,
            "functionRequestId",
            observed.invocationId().isEmpty() ? null : observed.invocationId());
      }
      put(values, "functionError", observed.functionError());
      if (answer != null && answer.headers().size() > 0) {
        values.put("headers", answer.headers());
      }
      put(values, "body", Excerpt.of(trail.answered()));
      long start = observed.integrationStartNanos() - invocation.request().arrivalNanos();
      steps.add(new Step("integrationAnswered", start + observed.headNanos(), values));
    }
    if (trail.selected() != 0) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("statusCode", trail.selected());
      put(values, "selector", answer == null ? null : Excerpt.of(answer.selector()));
      steps.add(new Step("integrationResponseSelected", -1, values));
    }
  }

  private void refused() {
    GatewayFault fault = observed.fault();
    if (fault != null) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("responseType", fault.type().name());
      values.put("cause", fault.why().name());
      if (invocation.stage() instanceof StageSnapshot stage) {
        values.put("customised", stage.gatewayResponses().find(fault.type()) != null);
      }
      steps.add(new Step("gatewayResponse", -1, values));
    }
  }

  private static void put(Map<String, Object> values, String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value);
    }
  }
}
