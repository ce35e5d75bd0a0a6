package io.portico.gateway.execute.explain;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
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
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The token buckets that a call takes from, as they are when it is answered: they fill while it
 * takes its time. None where it was refused before any was asked, or is a test, and none behind the
 * one that refused it.
 */
final class BucketStates {
  /** What is checked before all of them. */
  private static final Set<FaultCause> BEFORE =
      Collections.unmodifiableSet(
          EnumSet.of(
              FaultCause.PATH_OF_CONNECTION,
              FaultCause.CONNECTIONS_FULL,
              FaultCause.CONNECTIONS_OF_ADDRESS,
              FaultCause.CLOSED,
              FaultCause.AUTHORIZER_UNUSABLE,
              FaultCause.SIGNATURE_MISSING,
              FaultCause.SIGNATURE_UNREADABLE,
              FaultCause.SIGNATURE_INVALID,
              FaultCause.ACCESS_KEY_UNKNOWN,
              FaultCause.CREDENTIALS_EXPIRED,
              FaultCause.IAM_DENIED,
              FaultCause.IAM_NOT_ALLOWED,
              FaultCause.RESOURCE_POLICY_DENIED,
              FaultCause.RESOURCE_POLICY_SILENT,
              FaultCause.IDENTITY_SOURCE_MISSING,
              FaultCause.TOKEN_FORM,
              FaultCause.ARN_TOO_LONG,
              FaultCause.CALLER_UNKNOWN,
              FaultCause.AUTHORIZER_FAILED,
              FaultCause.AUTHORIZER_ROLE_NOT_ASSUMED,
              FaultCause.AUTHORIZER_UNREACHABLE,
              FaultCause.AUTHORIZER_ANSWER_MALFORMED,
              FaultCause.AUTHORIZER_DENIED,
              FaultCause.AUTHORIZER_SILENT,
              FaultCause.TOKEN_MISSING,
              FaultCause.TOKEN_REFUSED,
              FaultCause.TOKEN_EXPIRED,
              FaultCause.TOKEN_SCOPES,
              FaultCause.TOKEN_KEYS_UNAVAILABLE,
              FaultCause.API_KEY_MISSING,
              FaultCause.API_KEY_UNKNOWN,
              FaultCause.API_KEY_WITHOUT_PLAN));

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
   * @param refuses what a call is refused by that finds it empty
   * @param of whose limit it has
   * @param left tokens
   */
  record State(FaultCause refuses, String of, ThrottleLimit limit, long left) {}

  /** In the order in which they are asked. */
  List<State> of(Invocation invocation) {
    Observations observed = invocation.observations();
    GatewayFault fault = observed.fault();
    FaultCause refusal = fault == null ? observed.trail().refusal() : fault.why();
    if (invocation.test() != null || (refusal != null && BEFORE.contains(refusal))) {
      return List.of();
    }
    List<State> states = new ArrayList<>();
    ofClient(invocation, states);
    ofRoute(invocation, states);
    if (refusal == FaultCause.THROTTLE_OF_CONNECTIONS) {
      add(
          FaultCause.THROTTLE_OF_CONNECTIONS,
          "new connections of the account",
          new Bucket(Kind.CONNECTION, invocation.stage().scope(), "", "", ""),
          observed.trail().throttle(),
          states);
    }
    add(
        FaultCause.THROTTLE_OF_ACCOUNT,
        "the account",
        new Bucket(Kind.ACCOUNT, invocation.stage().scope(), "", "", ""),
        ofAccount,
        states);
    for (int i = 0; i < states.size(); i++) {
      if (states.get(i).refuses == refusal) {
        return states.subList(0, i + 1);
      }
    }
    return states;
  }

  private void ofClient(Invocation invocation, List<State> states) {
    Caller caller = invocation.observations().caller();
    ApiKeySnapshot key = caller.apiKey();
    UsagePlanSnapshot plan = caller.usagePlan();
    if (key == null || plan == null) {
      return;
    }
    String stage = invocation.stage().key();
    Map<String, ThrottleLimit> ofMethods = plan.stages().get(stage);
    if (ofMethods != null) {
      for (String route : routes(invocation.observations())) {
        ThrottleLimit limit = ofMethods.get(route);
        if (limit != null) {
          add(
              FaultCause.THROTTLE_OF_CLIENT_METHOD,
              "the API key in its usage plan, for the method",
              new Bucket(Kind.CLIENT_METHOD, plan.id(), key.id(), stage, route),
              limit,
              states);
          break;
        }
      }
    }
    add(
        FaultCause.THROTTLE_OF_CLIENT,
        "the API key in its usage plan",
        new Bucket(Kind.CLIENT, plan.id(), key.id(), invocation.stage().scope(), ""),
        plan.throttle(),
        states);
  }

  /** The names under which a usage plan may limit what is called. */
  private static List<String> routes(Observations observed) {
    MethodMatch match = observed.match();
    if (match != null) {
      return List.of(match.settings().key(), match.method().key());
    }
    WebSocketCall call = observed.ofWebSocket();
    return call == null || call.route() == null ? List.of() : List.of(call.route().routeKey());
  }

  private void ofRoute(Invocation invocation, List<State> states) {
    Observations observed = invocation.observations();
    String stage = invocation.stage().key();
    MethodMatch match = observed.match();
    RouteMatch route = observed.route();
    WebSocketCall call = observed.ofWebSocket();
    if (match != null) {
      MethodSettings settings = match.settings();
      add(
          FaultCause.THROTTLE_OF_METHOD,
          "the method",
          new Bucket(Kind.METHOD, stage, settings.throttled(), "", ""),
          settings.throttle(),
          states);
    } else if (route != null) {
      add(
          FaultCause.THROTTLE_OF_METHOD,
          "the route",
          new Bucket(Kind.METHOD, stage, route.route().routeKey(), "", ""),
          route.route().throttle(),
          states);
    } else if (call != null && call.route() != null) {
      add(
          FaultCause.THROTTLE_OF_METHOD,
          "the route",
          new Bucket(Kind.METHOD, stage, call.routeKey(), "", ""),
          call.route().throttle(),
          states);
    }
  }

  private void add(
      FaultCause refuses,
      String of,
      Bucket bucket,
      @Nullable ThrottleLimit limit,
      List<State> states) {
    if (limit != null) {
      states.add(new State(refuses, of, limit, throttles.left(bucket, limit)));
    }
  }
}
