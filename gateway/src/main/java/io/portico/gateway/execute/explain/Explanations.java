package io.portico.gateway.execute.explain;

import io.portico.gateway.execute.explain.ExplainEntry.Called;
import io.portico.gateway.execute.explain.ExplainEntry.Ids;
import io.portico.gateway.execute.explain.ExplainEntry.Kind;
import io.portico.gateway.execute.explain.ExplainEntry.Place;
import io.portico.gateway.execute.explain.ExplainEntry.Refused;
import io.portico.gateway.execute.explain.ExplainEntry.Sent;
import io.portico.gateway.execute.explain.ExplainEntry.Step;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.CurrentSnapshot;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Explains requests that are kept: words are made here, when somebody asks. */
public final class Explanations {
  private static final double MILLI = 1e6;

  private final ExplainRing ring;
  private final CurrentSnapshot snapshot;
  private final ControlFacts control;

  /**
   * @param ring keeps the requests
   * @param snapshot what is served at the time of asking
   * @param control what the control plane knows then
   */
  public Explanations(ExplainRing ring, CurrentSnapshot snapshot, ControlFacts control) {
    this.ring = ring;
    this.snapshot = snapshot;
    this.control = control;
  }

  /**
   * The explanation of a request, or null where it is not kept.
   *
   * @param id {@code x-amzn-RequestId}, {@code x-amz-apigw-id}, {@code apigw-requestid}, {@code
   *     X-Amz-Cf-Id}, or that of its trace
   */
  public @Nullable ObjectNode of(String id) {
    ExplainEntry entry = ring.find(id);
    return entry == null ? null : json(entry);
  }

  /** That of the last request that is kept, or null. */
  public @Nullable ObjectNode last() {
    ExplainEntry entry = ring.last();
    return entry == null ? null : json(entry);
  }

  /** That of the last one that was refused or has failed, or null. */
  public @Nullable ObjectNode lastRefusal() {
    ExplainEntry entry = ring.lastRefusal();
    return entry == null ? null : json(entry);
  }

  /**
   * Those that came after another, each in a line's worth: number, id, time, status and reason.
   *
   * @param number of the other; 0 for all
   * @param most the newest of them
   * @return {@code requests}, and as {@code last} the number of the last that is kept; 0 for none
   */
  public ObjectNode after(long number, int most) {
    ExplainEntry last = ring.last();
    List<ExplainEntry> entries = ring.after(number);
    Asked asked = new Asked(snapshot.get(), new RememberedFacts(control));
    ObjectNode list = Json.object().put("last", last == null ? 0 : last.number());
    ArrayNode items = list.putArray("requests");
    for (ExplainEntry entry : entries.subList(Math.max(0, entries.size() - most), entries.size())) {
      head(items.addObject(), entry).put("reason", words(entry, asked));
    }
    return list;
  }

  /** Why a request may be missing: how many are kept. */
  public String kept() {
    ExplainLimits limits = ring.limits();
    return ("not kept: only the last %d requests that were refused or have failed and the last %d"
            + " others are, at most %d and %d a second")
        .formatted(
            limits.refusals(),
            limits.requests(),
            limits.refusalsPerSecond(),
            limits.requestsPerSecond());
  }

  /** The reason in one line: {@code 403 Missing Authentication Token: stage `prod` of …}. */
  String words(ExplainEntry entry) {
    return words(entry, new Asked(snapshot.get(), control));
  }

  private static String words(ExplainEntry entry, Asked asked) {
    Refused refused = entry.refused();
    return refused == null
        ? passed(entry)
        : entry
            .secrets()
            .hiddenWords(
                entry.status() + told(refused) + ": " + Reasons.of(entry, refused, asked).words());
  }

  /** What the client was told, as far as the gateway has said it. */
  private static String told(Refused refused) {
    if (refused.text() != null) {
      return " " + refused.text();
    }
    return refused.type() == null || refused.type().text() == null
        ? ""
        : " " + refused.type().text();
  }

  private static String passed(ExplainEntry entry) {
    Called called = entry.called();
    String of = called == null ? Words.stage(entry.place()) : Words.route(entry);
    boolean backend =
        entry.steps().stream().anyMatch(step -> step.name().equals("integrationAnswered"));
    if (entry.status() < ExplainEntry.REFUSAL) {
      return entry.status() + ": answered by " + of;
    }
    return entry.status()
        + ": the gateway has refused nothing; "
        + (backend
            ? "so the integration of " + of + " has answered, or its integration response says"
            : "so the integration response of " + of + " says");
  }

  private ObjectNode head(ObjectNode json, ExplainEntry entry) {
    Ids ids = entry.ids();
    json.put("number", entry.number());
    json.put("requestId", ids.requestId());
    json.put("time", entry.time().toString());
    json.put("method", entry.sent().method());
    json.put("path", entry.secrets().hiddenParameters(entry.sent().target()));
    json.put("status", entry.status());
    return json;
  }

  private ObjectNode json(ExplainEntry entry) {
    ObjectNode json = head(Json.object(), entry);
    Ids ids = entry.ids();
    json.put("extendedRequestId", ids.extendedRequestId());
    put(json, "cloudFrontId", ids.cloudFrontId());
    put(json, "traceId", ids.traceRoot());
    json.put("milliseconds", entry.nanos() / MILLI);
    Asked asked = new Asked(snapshot.get(), new RememberedFacts(control));
    json.put("summary", words(entry, asked));
    Refused refused = entry.refused();
    if (refused != null) {
      reason(json.putObject("reason"), refused, Reasons.of(entry, refused, asked), entry.secrets());
    }
    place(json.putObject("api"), entry.place());
    Called called = entry.called();
    if (called != null) {
      called(json.putObject("called"), called);
    }
    timeline(json.putArray("timeline"), entry);
    return json;
  }

  private static void reason(ObjectNode json, Refused refused, Reason reason, Secrets secrets) {
    json.put("cause", refused.cause().name());
    put(json, "responseType", refused.type() == null ? null : refused.type().name());
    json.put("check", reason.check());
    json.put("text", secrets.hiddenWords(reason.words()));
    put(json, "setting", reason.setting());
    put(json, "advice", reason.advice());
    if (!reason.nearest().isEmpty()) {
      ArrayNode nearest = json.putArray("nearest");
      reason.nearest().forEach(nearest::add);
    }
  }

  private static void place(ObjectNode json, Place place) {
    if (place.kind() != Kind.NONE) {
      json.put("kind", place.kind().name());
    }
    put(json, "id", place.apiId().isEmpty() ? null : place.apiId());
    put(json, "name", place.apiName());
    put(json, "stage", place.stageName().isEmpty() ? null : place.stageName());
    put(json, "deploymentId", place.deploymentId());
  }

  private static void called(ObjectNode json, Called called) {
    json.put("route", called.name());
    json.put("id", called.id());
    json.put("authorizationType", called.authorization());
    put(json, "authorizerId", called.authorizerId());
    put(json, "apiKeyId", called.keyId());
    put(json, "usagePlanId", called.planId());
    json.put("integration", called.integration());
  }

  private static void timeline(ArrayNode timeline, ExplainEntry entry) {
    Secrets secrets = entry.secrets();
    Sent sent = entry.sent();
    ObjectNode received = step(timeline, "received", 0);
    received.put("method", sent.method());
    received.put("target", secrets.hiddenParameters(sent.target()));
    received.put("host", sent.host()).put("protocol", sent.protocol());
    received.put("sourceIp", sent.sourceIp());
    content(received, sent.content(), secrets);
    for (Step each : entry.steps()) {
      ObjectNode json = step(timeline, each.name(), each.at());
      each.values().forEach((name, value) -> json.set(name, shown(value, secrets)));
    }
    ObjectNode answered = step(timeline, "answered", entry.nanos());
    answered.put("status", entry.status());
    content(answered, entry.answer(), secrets);
  }

  private static JsonNode shown(Object value, Secrets secrets) {
    return switch (value) {
      case Headers headers -> fields(headers, secrets);
      case Excerpt excerpt -> Json.tree(excerpt.shown(secrets));
      case String text -> Json.tree(secrets.hidden(text));
      case Map<?, ?> texts -> texts(texts, secrets);
      default -> Json.tree(value);
    };
  }

  private static ObjectNode texts(Map<?, ?> texts, Secrets secrets) {
    ObjectNode json = Json.object();
    texts.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          String text = String.valueOf(value);
          String bare = name.substring(name.lastIndexOf('.') + 1);
          json.put(name, secrets.isSecret(bare) ? Secrets.masked(text) : secrets.hidden(text));
        });
    return json;
  }

  /** By name; several values of one name are joined by commas. */
  private static ObjectNode fields(Headers headers, Secrets secrets) {
    ObjectNode json = Json.object();
    for (Headers.Field field : secrets.hidden(headers)) {
      String before = json.path(field.name()).asString("");
      json.put(field.name(), before.isEmpty() ? field.value() : before + "," + field.value());
    }
    return json;
  }

  private static ObjectNode step(ArrayNode timeline, String name, long at) {
    ObjectNode json = timeline.addObject().put("step", name);
    return at < 0 ? json : json.put("atMilliseconds", at / MILLI);
  }

  private static void content(ObjectNode json, Sent.Content content, Secrets secrets) {
    json.set("headers", fields(content.headers(), secrets));
    Excerpt body = content.body();
    put(json, "body", body == null ? null : body.shown(secrets));
  }

  private static void put(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
