package io.portico.gateway.control.protocol;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts every hostile value in every place of an operation's input, as bytes of a request, one at a
 * time; all else is honest. What is to be said of the answers, {@link Calls} says.
 */
public final class HostileWalk {
  /** What stands where a value is to be. */
  public static final String MARK = SpoiltInputs.MARK;

  private static final String QUOTED = '"' + MARK + '"';
  private static final int SELDOM = 100;
  private static final List<HostileValue> TEXTS = HostileValue.texts();
  private static final List<HostileValue> LONG = HostileValue.longTexts();
  private static final List<HostileValue> VALUES = HostileValue.all();

  private final ServiceModel model;
  private final Calls calls;
  private final Set<String> slow;
  private int next;
  private int place;

  /**
   * @param slow operations of which one call in {@link #SELDOM} is made
   */
  public HostileWalk(ServiceModel model, Set<String> slow, Calls calls) {
    this.model = model;
    this.slow = slow;
    this.calls = calls;
  }

  /** Whoever takes the calls, and judges the answers. */
  public interface Calls {
    /**
     * @param what it is, for whoever reads of a failure
     */
    void call(String what, String operation, HttpRequest request) throws IOException;
  }

  /** Walks through all places of an operation's input. */
  public void walk(String operation, ObjectNode honest) throws IOException {
    Operation named = named(operation);
    for (SpoiltInputs.Spoilt spoilt : new SpoiltInputs(model).of(named, honest)) {
      spoil(operation, spoilt.place(), spoilt.input(), VALUES);
      // Each takes its time: every place gets another of them.
      spoil(operation, spoilt.place(), spoilt.input(), List.of(LONG.get(++place % LONG.size())));
    }
    HttpRequest request = WireRequest.of(model, named, honest);
    for (HostileBody body : HostileBody.of(body(request))) {
      call(operation + " body: " + body.name(), operation, with(request, body.text()));
    }
  }

  /** Puts every hostile text in the place that is marked. */
  public void spoilText(String operation, String place, ObjectNode marked) throws IOException {
    spoil(operation, place, marked, TEXTS);
  }

  private void spoil(String operation, String place, ObjectNode marked, List<HostileValue> values)
      throws IOException {
    HttpRequest request = WireRequest.of(model, named(operation), marked);
    for (HostileValue value : values) {
      HttpRequest spoilt = spoilt(request, value);
      if (spoilt != null) {
        call(operation + " " + place + ": " + value.name(), operation, spoilt);
      }
    }
  }

  private void call(String what, String operation, HttpRequest request) throws IOException {
    if (!slow.contains(operation) || next++ % SELDOM == 0) {
      calls.call(what, operation, request);
    }
  }

  private Operation named(String operation) {
    Operation named = model.operation(operation);
    if (named == null) {
      throw new IllegalArgumentException("no operation " + operation);
    }
    return named;
  }

  private @Nullable HttpRequest spoilt(HttpRequest request, HostileValue value) throws IOException {
    if (request.target().contains(MARK)) {
      return value.encoded() == null
          ? null
          : Requests.request(
              request.method(),
              request.target().replace(MARK, value.encoded()),
              request.body(),
              request.headers());
    }
    String body = body(request);
    if (body.contains(QUOTED)) {
      return value.json() == null ? null : with(request, body.replace(QUOTED, value.json()));
    }
    if (body.contains(MARK)) {
      String within = within(body, value);
      return within == null ? null : with(request, body.replace(MARK, within));
    }
    return value.text() == null ? null : inHeader(request, value.text());
  }

  /** The value as it stands among other text, or as the body itself. */
  private @Nullable String within(String body, HostileValue value) {
    if (model.api().protocol() == AwsApi.Protocol.QUERY) {
      return value.encoded();
    }
    return body.equals(MARK) ? value.text() : value.inString();
  }

  /** A listener lets no control character into a header. */
  private static @Nullable HttpRequest inHeader(HttpRequest request, String text)
      throws IOException {
    if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      return null;
    }
    Headers.Builder headers = Headers.builder();
    boolean marked = false;
    for (Headers.Field field : request.headers()) {
      marked |= field.value().contains(MARK);
      headers.add(field.name(), field.value().replace(MARK, text));
    }
    if (!marked) {
      throw new IllegalStateException(
          "a mark that is not sent: " + request.target() + body(request));
    }
    return Requests.request(request.method(), request.target(), request.body(), headers.build());
  }

  /** A character a byte. */
  private static String body(HttpRequest request) throws IOException {
    return new String(request.body().readAll(Long.MAX_VALUE), StandardCharsets.ISO_8859_1);
  }

  private static HttpRequest with(HttpRequest request, String body) {
    return Requests.request(
        request.method(),
        request.target(),
        Body.of(body.getBytes(StandardCharsets.ISO_8859_1)),
        request.headers());
  }
}
