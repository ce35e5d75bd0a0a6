package io.portico.server;

import io.portico.gateway.execute.telemetry.Answer;
import io.portico.gateway.execute.telemetry.OtlpSpans;
import io.portico.gateway.execute.telemetry.PartlyWrittenException;
import io.portico.gateway.execute.telemetry.TraceWriter;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/** Spans of calls for a collector. A call whose spans cannot be made is lost alone. */
final class OtlpTraces implements TraceWriter.Traces {
  private final OtlpCollector collector;

  OtlpTraces(OtlpCollector collector) {
    this.collector = collector;
  }

  @Override
  public void record(List<Answer> answers) throws IOException {
    OtlpSpans spans = new OtlpSpans();
    int lost = 0;
    Exception last = null;
    for (Answer answer : answers) {
      try {
        spans.add(answer);
      } catch (RuntimeException e) {
        lost++;
        last = e;
      }
    }
    if (!spans.isEmpty()) {
      OtlpCollector.Taken taken = collector.send(Json.bytes(spans.request()));
      if (taken.rejected() > 0) {
        // A call has more than one span: so many calls are lost at most.
        lost = (int) Math.min(lost + taken.rejected(), answers.size());
        last = new IOException(taken.rejected() + " spans were rejected: " + taken.message());
      }
    }
    if (last != null) {
      throw new PartlyWrittenException(
          lost + " of " + answers.size() + " calls are lost", last, lost, new BitSet());
    }
  }
}
