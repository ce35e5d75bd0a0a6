package io.portico.gateway.execute;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.snapshot.ThrottleLimit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call leaves on its way for whoever explains it: references to what its stages have made
 * anyway, until the call is {@link #done}. Nothing is copied, rendered or read for it. For the
 * thread that answers the call.
 */
public final class CallTrail {
  /** Of calls that nobody explains: keeps nothing. */
  public static final CallTrail NONE = new CallTrail(false);

  /** A call has two templates; what runs more often is told of as far as this. */
  private static final int MOST_TEMPLATES = 4;

  private boolean kept;
  private @Nullable ThrottleLimit throttle;
  private @Nullable Body received;
  private @Nullable String keyId;
  private @Nullable String unknownKey;
  private List<String> cacheParameters = List.of();
  private List<List<String>> cacheValues = List.of();
  private List<Rendered> templates = List.of();
  private @Nullable String function;
  private @Nullable UpstreamRequest request;
  private @Nullable Body sent;
  private @Nullable EndpointResponse answer;
  private @Nullable Body functionSaid;
  private int selected;
  private List<PolicyWords> policies = List.of();
  private boolean metered;
  private @Nullable FaultCause refusal;
  private String detail = "";

  /**
   * A mapping template.
   *
   * @param failure what the execution log says where it fails, which tells a request's from a
   *     response's
   * @param input what it was rendered over
   * @param output null where it failed
   */
  public record Rendered(String failure, Payload input, @Nullable String output) {}

  private CallTrail(boolean kept) {
    this.kept = kept;
  }

  /** Of a call that may be explained. */
  public static CallTrail begin() {
    return new CallTrail(true);
  }

  /** Whether it is kept: what is made for it alone is made then. */
  public boolean isKept() {
    return kept;
  }

  /**
   * Policies are asked.
   *
   * @param words take what they say
   */
  public void asks(PolicyWords words) {
    if (kept) {
      policies = policies.isEmpty() ? new ArrayList<>(2) : policies;
      policies.add(words);
    }
  }

  /** The usage plan of the caller's API key has been asked what is left for it. */
  public void metered() {
    this.metered = kept;
  }

  /** The content of the request, as far as it was read for its method. */
  public void received(Body body) {
    if (kept) {
      this.received = body;
    }
  }

  /** A throttle has no token left; null where its bucket has no limit. */
  public void throttled(@Nullable ThrottleLimit limit) {
    if (kept) {
      this.throttle = limit;
    }
  }

  /** An API key was shown that is known, and not enough. */
  public void showed(String id) {
    if (kept) {
      this.keyId = id;
    }
  }

  /**
   * An API key was shown that nothing is known of.
   *
   * @param value a secret, perhaps
   */
  public void showedUnknown(String value) {
    if (kept) {
      this.unknownKey = value;
    }
  }

  /** An answer was looked for in the cache by the values of these parameters. */
  public void cacheKey(List<String> parameters, List<List<String>> values) {
    if (kept) {
      this.cacheParameters = parameters;
      this.cacheValues = values;
    }
  }

  /** A template begins. */
  public void rendering(String failure, Payload input) {
    if (kept && templates.size() < MOST_TEMPLATES) {
      templates = templates.isEmpty() ? new ArrayList<>(2) : templates;
      templates.add(new Rendered(failure, input, null));
    }
  }

  /** The template that has begun gave this. */
  public void rendered(String output) {
    if (kept && !templates.isEmpty()) {
      Rendered begun = templates.getLast();
      templates.set(templates.size() - 1, new Rendered(begun.failure, begun.input, output));
    }
  }

  /** A backend is sent this. */
  public UpstreamRequest sends(UpstreamRequest outbound) {
    if (kept) {
      this.request = outbound;
      this.sent = outbound.body();
    }
    return outbound;
  }

  /** A function is told this. */
  public byte[] invokes(String arn, byte[] event) {
    if (kept) {
      this.function = arn;
      this.sent = Body.of(event);
    }
    return event;
  }

  /** A function has said this; what becomes of it is another matter. */
  public void functionSaid(byte[] payload) {
    if (kept) {
      this.functionSaid = Body.of(payload);
    }
  }

  /** The backend has answered; its body may be on its way yet. */
  public void endpointAnswered(EndpointResponse response) {
    if (kept) {
      this.answer = response;
    }
  }

  /** The integration response of this status is for the backend's answer. */
  public void selected(int status) {
    if (kept) {
      this.selected = status;
    }
  }

  /**
   * It is refused, or has failed, without a {@link GatewayFault}.
   *
   * @param why for whoever explains it
   */
  public void refused(FaultCause cause, String why) {
    if (kept) {
      this.refusal = cause;
      this.detail = why;
    }
  }

  /**
   * Whoever explains the call has taken what is kept of it. Lets go of contents and secrets, which
   * an answer on its way, perhaps for minutes, would hold; takes no more.
   */
  public void done() {
    if (kept) {
      kept = false;
      received = null;
      unknownKey = null;
      cacheParameters = List.of();
      cacheValues = List.of();
      templates = List.of();
      request = null;
      sent = null;
      answer = null;
      functionSaid = null;
      policies = List.of();
    }
  }

  /** What policies have said, in the order in which they were asked. */
  public List<PolicyWords> policies() {
    return policies;
  }

  /** Whether its usage was asked for, and counted unless that refused it. */
  public boolean wasMetered() {
    return metered;
  }

  /** Why it was refused without a fault, or null. */
  public @Nullable FaultCause refusal() {
    return refusal;
  }

  /** More of the same. */
  public String detail() {
    return detail;
  }

  /** The content of the request, or null where no stage has read it. */
  public @Nullable Body received() {
    return received;
  }

  /** The limit of the throttle that refused, or null. */
  public @Nullable ThrottleLimit throttle() {
    return throttle;
  }

  /** The id of a key that opens nothing here, or null. */
  public @Nullable String keyId() {
    return keyId;
  }

  /** What was shown as an API key and is none, or null. */
  public @Nullable String unknownKey() {
    return unknownKey;
  }

  /** Names of the cache key's parameters. */
  public List<String> cacheParameters() {
    return cacheParameters;
  }

  /** The values of each of them. */
  public List<List<String>> cacheValues() {
    return cacheValues;
  }

  /** The templates, in the order in which they were rendered. */
  public List<Rendered> templates() {
    return templates;
  }

  /** The ARN of the function that was invoked, or null. */
  public @Nullable String function() {
    return function;
  }

  /** What a backend that is no function was sent, or null. */
  public @Nullable UpstreamRequest request() {
    return request;
  }

  /** The content that backend or function was sent, or null. */
  public @Nullable Body sent() {
    return sent;
  }

  /** The backend's answer, or null where there was none. */
  public @Nullable EndpointResponse answer() {
    return answer;
  }

  /** The content of the answer: a function's own words where they are known. */
  public @Nullable Body answered() {
    return functionSaid != null || answer == null ? functionSaid : answer.body();
  }

  /** The status of the integration response that was selected; 0 where none was. */
  public int selected() {
    return selected;
  }
}
