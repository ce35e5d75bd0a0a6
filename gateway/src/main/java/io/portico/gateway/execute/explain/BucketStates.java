package io.portico.gateway.execute.explain;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.execute.WebSocketCall;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.execute.throttle.Throttles.Bucket;
import io.portico.gateway.execute.throttle.Throttles.Kind;
import io.portico.gateway.snapshot.ApiKeySnapshot;
import io.portico.gateway.snapshot.MethodSettings;
import io.portico.gateway.snapshot.ThrottleLimit;
import io.portico.gateway.snapshot.UsagePlanSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The token buckets that a call takes from, as they are once it has. */
final class BucketStates {
  private final Throttles throttles;
  private final @Nullable ThrottleLimit ofAccount;

  /**
   * @param ofAccount for each account in a region, over all its APIs; or null
   */
  BucketStates(Throttles throttles, @Nullable ThrottleLimit ofAccount) {
    this.throttles = throttles;
    this.ofAccount = ofAccount;
  }

  /**
   * A bucket.
   *
   * @param of whose limit it has
   * @param left tokens
   */
  record State(String of, ThrottleLimit limit, long left) {}

  /** In the order in which they are asked. */
  List<State> of(Invocation invocation) {
    List<State> states = new ArrayList<>();
    Observations observed = invocation.observations();
    ofClient(observed.caller(), invocation, states);
    String stage = invocation.stage().key();
    MethodMatch match = observed.match();
    RouteMatch route = observed.route();
    WebSocketCall call = observed.ofWebSocket();
    if (match != null) {
      MethodSettings settings = match.settings();
      add(
          "the method",
          new Bucket(Kind.METHOD, stage, settings.throttled(), "", ""),
          settings.throttle(),
          states);
    } else if (route != null) {
      add(
          "the route",
          new Bucket(Kind.METHOD, stage, route.route().routeKey(), "", ""),
          route.route().throttle(),
          states);
    } else if (call != null && call.route() != null) {
      add(
          "the route",
          new Bucket(Kind.METHOD, stage, call.routeKey(), "", ""),
          call.route().throttle(),
          states);
    }
    add(
        "the account",
        new Bucket(Kind.ACCOUNT, invocation.stage().scope(), "", "", ""),
        ofAccount,
        states);
    return states;
  }

  private void ofClient(Caller caller, Invocation invocation, List<State> states) {
    ApiKeySnapshot key = caller.apiKey();
    UsagePlanSnapshot plan = caller.usagePlan();
    if (key != null && plan != null) {
      add(
          "the API key in its usage plan",
          new Bucket(Kind.CLIENT, plan.id(), key.id(), invocation.stage().scope(), ""),
          plan.throttle(),
          states);
    }
  }

  private void add(String of, Bucket bucket, @Nullable ThrottleLimit limit, List<State> states) {
    if (limit != null) {
      states.add(new State(of, limit, throttles.left(bucket, limit)));
    }
  }
}
