package io.portico.gateway.execute.explain;

import io.portico.gateway.aws.RequestId;
import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.execute.RefusedRequests;
import io.portico.gateway.execute.telemetry.Answer;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.execute.usage.UsageMeters;
import io.portico.gateway.http.FieldText;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UnreadRequest;
import io.portico.gateway.snapshot.ThrottleLimit;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what may be asked about. It hears of every request once its answer is there and before it
 * leaves, so that whoever has the answer finds the entry. A bug in explaining costs the explanation
 * alone: the answer leaves as it is.
 */
public final class ExplainRecorder implements Telemetry.Listener, RefusedRequests {
  private static final Logger LOG = LoggerFactory.getLogger(ExplainRecorder.class);

  /** What answers say why, where they do. */
  private static final String HEADER = "x-portico-explain";

  private static final int LONGEST_HEADER = 1000;

  private final ExplainRing ring;
  private final EntryMaker maker;
  private final @Nullable Explanations toldToClients;

  /**
   * @param ring takes what is kept
   * @param throttles show how full their buckets are
   * @param usage shows what is left of quotas
   * @param ofAccount the throttle of each account in a region, or null
   * @param clock what the times of requests at the front door are read from
   * @param explanations put a refusal into words for a header of its answer; null where answers
   *     have no such header
   */
  public ExplainRecorder(
      ExplainRing ring,
      Throttles throttles,
      UsageMeters usage,
      @Nullable ThrottleLimit ofAccount,
      Clock clock,
      @Nullable Explanations explanations) {
    this(
        ring,
        new EntryMaker(
            new LimitStates(new BucketStates(throttles, ofAccount), new UsageStates(usage)), clock),
        explanations);
  }

  /**
   * @param maker makes what is kept
   * @param explanations null where answers have no header of them
   */
  ExplainRecorder(ExplainRing ring, EntryMaker maker, @Nullable Explanations explanations) {
    this.ring = ring;
    this.maker = maker;
    this.toldToClients = explanations;
  }

  @Override
  public Telemetry.Ending began(Invocation invocation) {
    return new Recording(invocation);
  }

  @Override
  public HttpResponse heard(
      HttpRequest request, HttpResponse response, FaultCause cause, @Nullable ApiAddress address) {
    return ring.keeps(true)
        ? guarded(
            String.valueOf(response.headers().first("x-amzn-RequestId")),
            response,
            () -> kept(maker.of(request, response, cause, address), response))
        : response;
  }

  @Override
  public void unread(UnreadRequest request) {
    if (ring.keeps(true)) {
      String requestId = RequestId.random();
      UnreadRequest _ =
          guarded(
              requestId,
              request,
              () -> {
                ring.add(maker.of(requestId, request));
                return request;
              });
    }
  }

  private HttpResponse kept(ExplainEntry entry, HttpResponse response) {
    ring.add(entry);
    return toldToClients == null || !entry.isRefusal()
        ? response
        : new HttpResponse(
            response.status(),
            response.headers().toBuilder().set(HEADER, field(toldToClients.words(entry))).build(),
            response.body(),
            response.completion(),
            response.upgrade());
  }

  private static <T> T guarded(String requestId, T otherwise, Supplier<T> explaining) {
    try {
      return explaining.get();
    } catch (RuntimeException | StackOverflowError bug) {
      LOG.warn("request {} cannot be explained", requestId, bug);
      return otherwise;
    }
  }

  private static String field(String words) {
    String line = words.replaceAll("[\\x00-\\x1f\\x7f]+", " ");
    return FieldText.octets(line.substring(0, Math.min(line.length(), LONGEST_HEADER)).strip());
  }

  private static boolean isRefusal(Observations observed, int status) {
    return status >= ExplainEntry.REFUSAL
        || observed.fault() != null
        || observed.trail().refusal() != null;
  }

  /** One call. */
  private final class Recording implements Telemetry.Ending {
    private final Invocation invocation;
    private boolean heard;

    Recording(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    public HttpResponse answering(HttpResponse response) {
      heard = true;
      HttpResponse leaving = answered(response);
      invocation.observations().trail().done();
      return leaving;
    }

    private HttpResponse answered(HttpResponse response) {
      return ring.keeps(isRefusal(invocation.observations(), response.status()))
          ? guarded(
              invocation.requestId(),
              response,
              () -> kept(maker.of(invocation, response.status(), response), response))
          : response;
    }

    /** What happens on connections has no answer that leaves; some that have left break off. */
    @Override
    public void ended(Answer answer) {
      GatewayFault brokenOff = invocation.observations().brokenOff();
      if (heard && brokenOff != null) {
        brokeOff(brokenOff, answer);
      } else if (!heard && ring.keeps(isRefusal(invocation.observations(), answer.status()))) {
        Answer _ =
            guarded(
                invocation.requestId(),
                answer,
                () -> {
                  ring.add(maker.of(invocation, answer.status(), null));
                  return answer;
                });
        invocation.observations().trail().done();
      }
    }

    /** It is a failure now, whatever was kept of it. */
    private void brokeOff(GatewayFault fault, Answer answer) {
      if (ring.keeps(true)) {
        Answer _ =
            guarded(
                invocation.requestId(),
                answer,
                () -> {
                  ExplainEntry known = ring.find(invocation.requestId());
                  ring.add(
                      known == null
                          ? maker.of(invocation, answer.status(), null)
                          : known.failed(EntryMaker.brokenOff(fault), answer.nanos()));
                  return answer;
                });
      }
    }
  }
}
