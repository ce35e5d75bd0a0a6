package io.portico.gateway.execute.cases;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A backend that answers what the case says, and remembers what it was sent. */
final class CaseBackend implements Upstream {
  private final Deque<Message> answers = new ArrayDeque<>();
  private @Nullable UpstreamRequest received;

  void answers(Message answer) {
    answers.add(answer);
  }

  /** The last request since it was told to forget, or null. */
  @Nullable UpstreamRequest received() {
    return received;
  }

  void forget() {
    received = null;
  }

  @Override
  public UpstreamResponse send(UpstreamRequest request) throws UpstreamException {
    received = request;
    Message answer = answers.poll();
    if (answer == null) {
      return new UpstreamResponse(200, Headers.empty(), Body.of("{}"));
    }
    if (answer.first().startsWith("fails ")) {
      throw new UpstreamException(
          UpstreamException.Reason.valueOf(answer.first().substring("fails ".length())),
          "a text that no client must see",
          null);
    }
    Headers.Builder headers = Headers.builder();
    for (String line : answer.headers()) {
      int colon = line.indexOf(':');
      headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return new UpstreamResponse(
        Integer.parseInt(answer.first().strip()), headers.build(), Body.of(answer.bytes()));
  }
}
