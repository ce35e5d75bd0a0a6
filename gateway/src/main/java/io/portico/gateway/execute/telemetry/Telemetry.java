package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.integration.EndpointContent;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.HttpResponse.Completion;
import java.io.IOException;
import java.util.List;

/** Tells metrics and logs of each invocation: when it begins, and when its last byte is written. */
public final class Telemetry {
  private final List<Listener> listeners;

  /** Hears of invocations. Called on event loops: it must not block. */
  public interface Listener {

    /** An invocation begins; what hears of its end. */
    Ending began(Invocation invocation);
  }

  /** Hears how an invocation ended. Called on event loops: it must not block. */
  public interface Ending {
    /** Its answer is about to leave; what leaves in its place, which is the same as a rule. */
    default HttpResponse answering(HttpResponse response) {
      return response;
    }

    void ended(Answer answer);
  }

  public Telemetry(List<Listener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  /** An invocation begins. Every one that does has an answer, which is to be observed. */
  public Observed began(Invocation invocation) {
    Ending[] endings = new Ending[listeners.size()];
    for (int i = 0; i < endings.length; i++) {
      endings[i] = listeners.get(i).began(invocation);
    }
    return new Observed(invocation, endings);
  }

  /** An invocation that has begun. */
  public static final class Observed {
    private final Invocation invocation;
    private final Ending[] endings;

    private Observed(Invocation invocation, Ending[] endings) {
      this.invocation = invocation;
      this.endings = endings;
    }

    /**
     * It has ended, without an answer by HTTP.
     *
     * @param status what it came to
     * @param bodyBytes of what the client was sent
     */
    public void ended(int status, long bodyBytes) {
      long now = System.nanoTime();
      ended(
          new Answer(
              invocation,
              status,
              Headers.empty(),
              bodyBytes,
              true,
              now - invocation.request().arrivalNanos()));
    }

    /** Its answer, whose end is listened to. */
    public HttpResponse answered(HttpResponse response) {
      if (endings.length == 0 && !invocation.trace().isOn()) {
        return response;
      }
      HttpResponse leaving = response;
      for (Ending ending : endings) {
        leaving = ending.answering(leaving);
      }
      return completing(leaving);
    }

    private HttpResponse completing(HttpResponse response) {
      return response.onCompletion(
          new Completion() {
            @Override
            public void finished(long bodyBytes, boolean complete) {
              long now = System.nanoTime();
              invocation.observations().answered(now);
              ended(
                  new Answer(
                      invocation,
                      response.status(),
                      response.headers(),
                      bodyBytes,
                      complete,
                      now - invocation.request().arrivalNanos()));
            }

            @Override
            public void brokeOff(long bodyBytes, IOException cause) {
              GatewayFault fault = EndpointContent.fault(cause);
              if (fault.why() != FaultCause.CLIENT_GONE) {
                invocation.observations().brokeOff(fault);
                invocation.trace().brokeOff(fault);
              }
              finished(bodyBytes, false);
            }
          });
    }

    private void ended(Answer answer) {
      for (Ending ending : endings) {
        ending.ended(answer);
      }
    }
  }
}
