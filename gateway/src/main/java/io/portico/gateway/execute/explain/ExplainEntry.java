package io.portico.gateway.execute.explain;

import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.http.Headers;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.ThrottleLimit;
import io.portico.gateway.snapshot.UsageQuota;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one request. Contents are cut, and nothing of the request or the snapshot it ran
 * on is held: a ring full of them is as large as it says. Its secrets are in it, and nothing of it
 * is shown without {@link #secrets}.
 *
 * @param number later ones have higher ones; 0 before it is kept
 * @param nanos from the head of the request until its answer left or, where there is none by HTTP,
 *     until it had ended
 * @param status what the client was told
 * @param place what was called, as far as that is known
 * @param called the method or route that was reached, or null
 * @param refused why it was refused or has failed; null where it was not, or a backend said so
 * @param steps in their order
 * @param secretNames what its authorizer goes by, by the names of fields and parameters
 * @param stage what it ran on, as long as that lives; null where none was reached
 * @param bytes about how many it takes
 */
record ExplainEntry(
    long number,
    Ids ids,
    Instant time,
    long nanos,
    int status,
    Place place,
    Sent sent,
    @Nullable Called called,
    @Nullable Refused refused,
    List<Step> steps,
    Sent.Content answer,
    List<String> secretNames,
    @Nullable WeakReference<ServedStage> stage,
    int bytes) {

  /** The least status of a refusal or failure. */
  static final int REFUSAL = 400;

  /**
   * What a request is called by.
   *
   * @param requestId empty where the client was told none
   * @param extendedRequestId the same
   * @param cloudFrontId what CloudFront calls it, or null
   * @param traceRoot of the trace it belongs to, or null
   */
  record Ids(
      String requestId,
      String extendedRequestId,
      @Nullable String cloudFrontId,
      @Nullable String traceRoot) {

    boolean are(String id) {
      return !id.isEmpty()
          && (id.equals(requestId)
              || id.equals(extendedRequestId)
              || id.equals(cloudFrontId)
              || id.equals(traceRoot));
    }
  }

  /** The kinds of APIs, and what calls none. */
  enum Kind {
    REST,
    HTTP,
    WEBSOCKET,
    NONE
  }

  /**
   * What was called. Empty texts where nothing is known of it.
   *
   * @param apiName null where the API is not known
   * @param deploymentId null where nothing is deployed
   */
  record Place(
      Kind kind,
      String apiId,
      @Nullable String apiName,
      String stageName,
      @Nullable String deploymentId,
      String scope) {}

  /**
   * A request as it came.
   *
   * @param method of HTTP
   * @param path behind the stage where that is known, else all of it
   */
  record Sent(
      String method,
      String path,
      String target,
      String host,
      String protocol,
      String sourceIp,
      Content content) {

    /**
     * Head and content of a message.
     *
     * @param body the beginning of it; null where it was not in memory, or is empty
     */
    record Content(Headers headers, @Nullable Excerpt body) {}
  }

  /**
   * What was reached.
   *
   * @param name such as {@code GET /pets/{petId}}, or a route key
   * @param id of the resource or route
   * @param authorization the method's authorization type, as AWS names it
   * @param authorizerId null where there is none
   * @param identitySources of the authorizer, as AWS writes them
   * @param keyId of the API key that was shown and is known, or null
   * @param planId of its usage plan, or null
   * @param quota of that plan, or null
   * @param principal who has signed, or null
   * @param integration what stands behind it, in a few words
   */
  record Called(
      String name,
      String id,
      String authorization,
      @Nullable String authorizerId,
      List<String> identitySources,
      @Nullable String keyId,
      @Nullable String planId,
      @Nullable UsageQuota quota,
      @Nullable String principal,
      String integration) {}

  /**
   * Why it was refused.
   *
   * @param type null where no pipeline has answered
   * @param text what the client was told, or null
   * @param detail what the gateway's own log says
   * @param validationErrors null where nothing was validated
   * @param limit of the throttle that refused, or null
   * @param keyDigest of a value that is no API key, or null
   * @param keyHint its last characters, or null
   */
  record Refused(
      FaultCause cause,
      @Nullable GatewayResponseType type,
      @Nullable String text,
      String detail,
      @Nullable String validationErrors,
      @Nullable ThrottleLimit limit,
      @Nullable String keyDigest,
      @Nullable String keyHint) {}

  /**
   * A stage of the request's way.
   *
   * @param at nanoseconds from the head of the request; -1 where that was not measured
   * @param values by name, in the order in which they are shown: texts, numbers and truth values,
   *     {@link Headers}, {@link Excerpt excerpts}, and maps of texts
   */
  record Step(String name, long at, Map<String, Object> values) {}

  /** The same with a number. */
  ExplainEntry numbered(long given) {
    return new ExplainEntry(
        given,
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
        bytes);
  }

  /** The same, which has failed since. */
  ExplainEntry failed(Refused why, long nanosUntil) {
    return new ExplainEntry(
        0,
        ids,
        time,
        nanosUntil,
        status,
        place,
        sent,
        called,
        why,
        steps,
        answer,
        secretNames,
        stage,
        bytes);
  }

  /** What hides its secrets. */
  Secrets secrets() {
    Secrets secrets = new Secrets(Secrets.lower(secretNames));
    int query = sent.target().indexOf('?');
    secrets.learn(sent.content().headers(), query < 0 ? null : sent.target().substring(query + 1));
    for (Step step : steps) {
      if (step.values().get(CallSteps.PATH_PARAMETERS) instanceof Map<?, ?> parameters) {
        secrets.learnPath(parameters);
      }
    }
    return secrets;
  }

  /** Whether it was refused or has failed, whoever said so. */
  boolean isRefusal() {
    return refused != null || status >= REFUSAL;
  }
}
