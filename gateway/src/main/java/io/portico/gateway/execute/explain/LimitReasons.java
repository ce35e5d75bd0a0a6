package io.portico.gateway.execute.explain;

import static io.portico.gateway.execute.explain.Words.code;
import static io.portico.gateway.execute.explain.Words.codes;
import static io.portico.gateway.execute.explain.Words.limit;
import static io.portico.gateway.execute.explain.Words.route;
import static io.portico.gateway.execute.explain.Words.stage;

import io.portico.gateway.execute.explain.ExplainEntry.Called;
import io.portico.gateway.execute.explain.ExplainEntry.Refused;
import io.portico.gateway.snapshot.UsageQuota;
import java.util.Locale;

/** What API keys, throttles and quotas refuse. */
final class LimitReasons {
  private static final String KEY = "API key";
  private static final String THROTTLE = "throttle";

  private LimitReasons() {}

  static Reason of(ExplainEntry entry, Refused refused, Asked asked) {
    return switch (refused.cause()) {
      case API_KEY_MISSING ->
          Reason.of(
              KEY,
              "%s requires an API key, and the request brings none".formatted(route(entry)),
              "apiKeyRequired",
              "Send the key's value in the header x-api-key; where the API's apiKeySource is"
                  + " AUTHORIZER, the authorizer answers it as usageIdentifierKey.");
      case API_KEY_UNKNOWN -> unknownKey(entry, refused, asked);
      case API_KEY_WITHOUT_PLAN ->
          Reason.of(
              KEY,
              "API key %s is in no usage plan for %s".formatted(key(entry), stage(entry.place())),
              "apiStages of a usage plan",
              "Add the stage to a usage plan of the key: `aws apigateway update-usage-plan"
                  + " --patch-operations op=add,path=/apiStages,value=%s:%s`."
                      .formatted(entry.place().apiId(), entry.place().stageName()));
      case THROTTLE_OF_CLIENT_METHOD ->
          throttled(
              refused,
              "usage plan %s allows API key %s".formatted(plan(entry), key(entry)),
              " for " + code(called(entry)),
              "apiStages[].throttle of the usage plan");
      case THROTTLE_OF_CLIENT ->
          throttled(
              refused,
              "usage plan %s allows API key %s".formatted(plan(entry), key(entry)),
              "",
              "throttle of the usage plan");
      case THROTTLE_OF_METHOD ->
          throttled(
              refused,
              "the stage's settings allow",
              " for " + route(entry),
              "throttlingRateLimit and throttlingBurstLimit of the stage");
      case THROTTLE_OF_CONNECTIONS ->
          throttled(
              refused,
              "the configuration allows the account",
              " to open connections of WebSocket APIs",
              "websocket.connection-rate-limit");
      case THROTTLE_OF_ACCOUNT ->
          throttled(
              refused,
              "the configuration allows the account",
              " over all of its APIs",
              "throttle.rate-limit and throttle.burst-limit");
      case QUOTA_EXHAUSTED -> quota(entry);
      case USAGE_NOT_KEPT ->
          Reason.of(
              "quota",
              "what API key %s has used cannot be kept, and so nobody knows whether usage plan %s"
                      .formatted(key(entry), plan(entry))
                  + " has anything left for it",
              "quota of the usage plan",
              "Look at the gateway's own log: its store cannot be written.");
      case CONNECTIONS_FULL ->
          Reason.of(
              "connections",
              "there are as many WebSocket connections as the configuration allows",
              "websocket.max-connections",
              "Raise it, or close connections that nobody needs.");
      case CONNECTIONS_OF_ADDRESS ->
          Reason.of(
              "connections",
              "%s has as many WebSocket connections as the configuration allows an address"
                  .formatted(code(entry.sent().sourceIp())),
              "websocket.max-connections-per-address",
              "Raise it, or close connections that nobody needs; behind a proxy all clients have its"
                  + " address.");
      case CLIENT_TOO_SLOW ->
          Reason.of(
              "connections",
              "more waits to be sent to the client of %s than may: it does not take what it is sent"
                  .formatted(code(entry.sent().path())),
              null,
              "Send less to it, or close the connection.");
      case GROUPS_FULL ->
          Reason.of(
              "connections",
              "%s cannot be done: %s".formatted(code(entry.sent().path()), refused.detail()),
              null,
              "Take the connection out of groups that it does not need.");
      default -> throw new IllegalArgumentException(refused.cause().name());
    };
  }

  private static Reason unknownKey(ExplainEntry entry, Refused refused, Asked asked) {
    String hint =
        refused.keyHint() == null ? "the value that" : code(refused.keyHint()) + ", which";
    String digest = refused.keyDigest();
    ControlFacts.Key known =
        digest == null ? null : asked.control().key(entry.place().scope(), digest);
    if (known == null) {
      return Reason.of(
          KEY,
          "%s requires an API key, and %s the request brings, is the value of none"
              .formatted(route(entry), hint),
          "apiKeyRequired",
          "List them: `aws apigateway get-api-keys --include-values`.");
    }
    if (!known.enabled()) {
      return Reason.of(
          KEY,
          "API key %s, which the request brings, is disabled".formatted(code(known.id())),
          "enabled",
          "Enable it: `aws apigateway update-api-key --api-key %s --patch-operations"
                  .formatted(known.id())
              + " op=replace,path=/enabled,value=true`.");
    }
    return Reason.of(
        KEY,
        known.plans().isEmpty()
            ? "API key %s, which the request brings, is in no usage plan"
                .formatted(code(known.id()))
            : "API key %s, which the request brings, was not usable then; it is in usage plans %s now"
                .formatted(code(known.id()), codes(known.plans())),
        "usage plan key",
        "Add it to a usage plan of the stage: `aws apigateway create-usage-plan-key --key-id %s"
                .formatted(known.id())
            + " --key-type API_KEY --usage-plan-id …`.");
  }

  private static Reason throttled(Refused refused, String who, String what, String setting) {
    return Reason.of(
        THROTTLE,
        "%s %s%s, and its bucket had no token left".formatted(who, limit(refused.limit()), what),
        setting,
        "Send fewer requests, try again with jittered waits, or raise the limit.");
  }

  private static Reason quota(ExplainEntry entry) {
    Called called = entry.called();
    UsageQuota quota = called == null ? null : called.quota();
    return Reason.of(
        "quota",
        "usage plan %s allows API key %s %s, and it has used all of them"
            .formatted(
                plan(entry),
                key(entry),
                quota == null
                    ? "no more requests"
                    : quota.limit()
                        + " requests a "
                        + quota.period().name().toLowerCase(Locale.ROOT)),
        "quota of the usage plan",
        "Wait for the next period (it begins at midnight, UTC), or raise the key's usage: `aws"
            + " apigateway update-usage`.");
  }

  private static String key(ExplainEntry entry) {
    Called called = entry.called();
    return called == null || called.keyId() == null ? "shown" : code(called.keyId());
  }

  private static String plan(ExplainEntry entry) {
    Called called = entry.called();
    return called == null || called.planId() == null ? "of the key" : code(called.planId());
  }

  private static String called(ExplainEntry entry) {
    Called called = entry.called();
    return called == null ? entry.sent().path() : called.name();
  }
}
