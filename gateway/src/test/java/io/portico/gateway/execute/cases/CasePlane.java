package io.portico.gateway.execute.cases;

import io.portico.gateway.execute.telemetry.LoggedEvents;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.snapshot.GatewaySnapshot;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where the requests of one case go and where its backend stands. */
public interface CasePlane {

  /** Serves a snapshot from now on. */
  void serve(GatewaySnapshot served);

  /** The backend's next answer. */
  void backendAnswers(Message answer);

  /** Sends a request and waits for its answer. */
  Answer send(Request request) throws IOException;

  /** What the backend was sent because of the last request, or null. */
  @Nullable Request received() throws IOException;

  /** The line that the last request has left in the access log, once its answer is written. */
  String accessLogLine() throws IOException;

  /**
   * What the last request has left in execution logs, as far as the plane sees them; null where it
   * does not.
   */
  default @Nullable List<LoggedEvents> executionLogs() {
    return null;
  }

  /** Why the last request was answered as it was; null where nobody explains. */
  default @Nullable JsonNode explanation() {
    return null;
  }

  /**
   * The rest of the last answer does not arrive, whose beginning the client has; what it has left
   * in execution logs before is forgotten.
   */
  default void answerBreaksOff(UpstreamException.Reason reason) {
    throw new UnsupportedOperationException("a backend that is there does not fail so");
  }

  /** Whether requests go through sockets, and so get what a transport adds. */
  boolean isWire();

  /** Whether names of fields go through in the casing they are written in. */
  default boolean keepsCasing() {
    return true;
  }

  /**
   * A request with its fields as they are written; framing is left to the plane where they say
   * nothing of it.
   *
   * @param body null where there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody, changed by nobody
  record Request(
      String method, String target, String protocol, Headers headers, byte @Nullable [] body) {}

  /** An answer, read whole. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody, changed by nobody
  record Answer(int status, Headers headers, byte[] body) {}
}
