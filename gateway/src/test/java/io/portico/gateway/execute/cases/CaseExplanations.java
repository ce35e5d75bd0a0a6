package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.explain.ControlFacts;
import io.portico.gateway.execute.explain.ExplainLimits;
import io.portico.gateway.execute.explain.ExplainRecorder;
import io.portico.gateway.execute.explain.ExplainRing;
import io.portico.gateway.execute.explain.Explanations;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.execute.usage.UsageMeters;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.ThrottleLimit;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is said of the requests of a case. Whatever the case is about: each answer that is a refusal
 * is explained, and no explanation has the value of a key in it.
 */
public final class CaseExplanations {
  /** The section that has a cause's name and the words for it. */
  static final String SECTION = "explanation";

  private static final int REFUSAL = 400;

  private final ExplainRing ring =
      new ExplainRing(new ExplainLimits(1000, 1000, 64L * 1024 * 1024, 1_000_000, 1_000_000));
  private @Nullable Explanations explanations;

  /** What records them. */
  ExplainRecorder recorder(
      CurrentSnapshot snapshot,
      Throttles throttles,
      UsageMeters usage,
      @Nullable ThrottleLimit ofAccount) {
    explanations = new Explanations(ring, snapshot, ControlFacts.NONE);
    return new ExplainRecorder(ring, throttles, usage, ofAccount, Clock.systemUTC(), null);
  }

  /** The explanation of an answer: by its id, or of the last request where it has none. */
  JsonNode of(Headers answer) {
    Explanations all = Objects.requireNonNull(explanations);
    String id = answer.first("x-amzn-RequestId");
    String other = id == null ? answer.first("Apigw-Requestid") : id;
    JsonNode found = other == null ? all.last() : all.of(other);
    assertThat(found).as("explanation of %s", answer).isNotNull();
    return Objects.requireNonNull(found);
  }

  /** That of the last request. */
  JsonNode last() {
    JsonNode found = Objects.requireNonNull(explanations).last();
    assertThat(found).as("explanation").isNotNull();
    return Objects.requireNonNull(found);
  }

  /** An answer that refuses is explained, by its id. */
  void check(int status, Headers answer) {
    if (status >= REFUSAL) {
      JsonNode explanation = of(answer);
      assertThat(explanation.path("status").asInt()).isEqualTo(status);
      assertThat(explanation.path("summary").asString())
          .startsWith(status + "")
          .contains(": ")
          .doesNotContain("`null`", "`` ");
      assertThat(Json.text(explanation)).doesNotContain("value-of-the-key-");
    }
  }

  /**
   * An explanation says what a case expects.
   *
   * @param expected a cause's name, and in the next line the words
   */
  static void check(JsonNode explanation, String expected) {
    String[] lines = expected.split("\n", 2);
    assertThat(explanation.path("reason").path("cause").asString("none"))
        .as("cause of %s", explanation.path("summary").asString())
        .isEqualTo(lines[0].strip());
    assertThat(explanation.path("summary").asString()).matches(Expectation.pattern(lines[1]));
  }
}
