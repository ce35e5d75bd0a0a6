package io.portico.gateway.execute.explain;

import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.CallTrail;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.explain.ExplainEntry.Called;
import io.portico.gateway.execute.explain.ExplainEntry.Ids;
import io.portico.gateway.execute.explain.ExplainEntry.Kind;
import io.portico.gateway.execute.explain.ExplainEntry.Place;
import io.portico.gateway.execute.explain.ExplainEntry.Refused;
import io.portico.gateway.execute.explain.ExplainEntry.Sent;
import io.portico.gateway.execute.explain.ExplainEntry.Step;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UnreadRequest;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.StageSnapshot;
import io.portico.gateway.snapshot.httpapi.HttpStage;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes entries out of what a request leaves. For those alone that are kept. */
class EntryMaker {
  /** Objects and short texts of an entry, roughly. */
  private static final int ENTRY = 2048;

  private static final int STEP = 512;
  private static final int FIELD = 64;

  private final LimitStates limits;
  private final Clock clock;

  EntryMaker(LimitStates limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Of a call of an API.
   *
   * @param response what the client is told by HTTP, or null
   */
  ExplainEntry of(Invocation invocation, int status, @Nullable HttpResponse response) {
    HttpRequest request = invocation.request();
    CallTrail trail = invocation.observations().trail();
    Called called = CalledRoute.of(invocation);
    Body received = trail.received();
    return entry(
        new Ids(
            invocation.requestId(),
            invocation.extendedRequestId(),
            invocation.cloudFrontId(),
            invocation.traceRoot()),
        invocation.time(),
        System.nanoTime() - request.arrivalNanos(),
        status,
        place(invocation.stage()),
        sent(
            request,
            invocation.httpMethod(),
            invocation.path().text(),
            received == null ? request.body() : received),
        called,
        refused(invocation),
        CallSteps.of(invocation, called, limits),
        response,
        CalledRoute.secretNames(invocation),
        new WeakReference<>(invocation.stage()));
  }

  /** Of a request that was refused at the front door. */
  ExplainEntry of(
      HttpRequest request, HttpResponse response, FaultCause cause, @Nullable ApiAddress address) {
    Headers told = response.headers();
    String requestId = told.first("x-amzn-RequestId");
    String ofHttpApi = told.first("Apigw-Requestid");
    String extended = told.first("x-amz-apigw-id");
    String first = requestId == null ? ofHttpApi : requestId;
    return entry(
        new Ids(
            first == null ? "" : first,
            extended == null ? "" : extended,
            told.first("X-Amz-Cf-Id"),
            null),
        clock.instant(),
        System.nanoTime() - request.arrivalNanos(),
        response.status(),
        new Place(
            Kind.NONE,
            address == null ? "" : address.apiId(),
            null,
            address == null ? "" : address.stageName(),
            null,
            ""),
        sent(
            request,
            request.method(),
            address == null ? request.rawPath() : address.afterStage(),
            Body.EMPTY),
        null,
        new Refused(cause, null, null, "", null, null, null, null),
        List.of(),
        response,
        List.of(),
        null);
  }

  /**
   * Of a request that a listener has refused.
   *
   * @param requestId the client is not told any
   */
  ExplainEntry of(String requestId, UnreadRequest request) {
    return entry(
        new Ids(requestId, "", null, null),
        clock.instant(),
        0,
        request.status(),
        new Place(Kind.NONE, "", null, "", null, ""),
        new Sent(
            request.method(),
            withoutQuery(request.target()),
            request.target(),
            "",
            request.protocol(),
            request.connection().remoteIp(),
            new Sent.Content(Headers.empty(), null)),
        null,
        new Refused(
            FaultCause.UNREADABLE,
            null,
            request.message(),
            request.reason(),
            null,
            null,
            null,
            null),
        List.of(),
        null,
        List.of(),
        null);
  }

  private static String withoutQuery(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private static ExplainEntry entry(
      Ids ids,
      Instant time,
      long nanos,
      int status,
      Place place,
      Sent sent,
      @Nullable Called called,
      @Nullable Refused refused,
      List<Step> steps,
      @Nullable HttpResponse response,
      List<String> secretNames,
      @Nullable WeakReference<ServedStage> stage) {
    Sent.Content answer =
        response == null
            ? new Sent.Content(Headers.empty(), null)
            : new Sent.Content(response.headers(), Excerpt.of(response.body()));
    return new ExplainEntry(
        0,
        ids,
        time,
        nanos,
        status,
        place,
        sent,
        called,
        refused,
        steps,
        answer,
        secretNames,
        stage,
        ENTRY + size(sent) + size(answer) + size(called) + size(refused) + size(steps));
  }

  private static Place place(ServedStage stage) {
    return new Place(
        stage instanceof StageSnapshot
            ? Kind.REST
            : stage instanceof HttpStage ? Kind.HTTP : Kind.WEBSOCKET,
        stage.apiId(),
        stage.apiName(),
        stage.stageName(),
        stage.deploymentId(),
        stage.scope());
  }

  private static Sent sent(HttpRequest request, String method, String path, Body body) {
    return new Sent(
        method,
        path.isEmpty() ? "/" : path,
        request.target(),
        request.host(),
        request.protocol(),
        request.connection().remoteIp(),
        new Sent.Content(request.headers(), Excerpt.of(body)));
  }

  private static @Nullable Refused refused(Invocation invocation) {
    GatewayFault fault = invocation.observations().fault();
    CallTrail trail = invocation.observations().trail();
    String unknownKey = trail.unknownKey();
    if (fault != null) {
      return new Refused(
          fault.why(),
          fault.type(),
          cut(fault.text()),
          String.valueOf(cut(fault.reason())),
          cut(fault.validationErrors()),
          trail.throttle(),
          unknownKey == null ? null : Secrets.digest(unknownKey),
          unknownKey == null ? null : Secrets.masked(unknownKey));
    }
    GatewayFault brokenOff = invocation.observations().brokenOff();
    if (brokenOff != null) {
      return brokenOff(brokenOff);
    }
    FaultCause refusal = trail.refusal();
    return refusal == null
        ? null
        : new Refused(refusal, null, null, trail.detail(), null, trail.throttle(), null, null);
  }

  /** Of a call whose answer had begun to leave. */
  static Refused brokenOff(GatewayFault fault) {
    return new Refused(
        FaultCause.ANSWER_BROKEN_OFF,
        null,
        null,
        String.valueOf(cut(fault.reason())),
        null,
        null,
        null,
        null);
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= Excerpt.MOST_BYTES
        ? text
        : text.substring(0, Excerpt.MOST_BYTES) + Secrets.CUT;
  }

  private static int size(@Nullable Refused refused) {
    return refused == null
        ? 0
        : 2
            * (refused.detail().length()
                + length(refused.text())
                + length(refused.validationErrors()));
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  /** What clients choose, as long as they like. */
  private static int size(Sent sent) {
    return size(sent.content())
        + 2
            * (sent.method().length()
                + sent.path().length()
                + sent.target().length()
                + sent.host().length());
  }

  private static int size(@Nullable Called called) {
    if (called == null) {
      return 0;
    }
    int size = 0;
    for (String source : called.identitySources()) {
      size += FIELD + 2 * source.length();
    }
    return size
        + 2
            * (called.name().length()
                + called.id().length()
                + length(called.authorizerId())
                + length(called.keyId())
                + length(called.planId())
                + length(called.principal())
                + called.integration().length());
  }

  private static int size(Sent.Content content) {
    Excerpt body = content.body();
    return size(content.headers()) + (body == null ? 0 : body.size());
  }

  private static int size(Headers headers) {
    int size = 0;
    for (Headers.Field field : headers) {
      size += FIELD + field.name().length() + field.value().length();
    }
    return size;
  }

  private static int size(List<Step> steps) {
    int size = 0;
    for (Step step : steps) {
      size += STEP;
      for (Object value : step.values().values()) {
        size +=
            switch (value) {
              case Headers headers -> size(headers);
              case Excerpt excerpt -> excerpt.size();
              case String text -> 2 * text.length();
              case Map<?, ?> map -> size(map);
              default -> 0;
            };
      }
    }
    return size;
  }

  private static int size(Map<?, ?> texts) {
    int size = 0;
    for (Object text : texts.values()) {
      size += FIELD + 2 * String.valueOf(text).length();
    }
    return size;
  }
}
