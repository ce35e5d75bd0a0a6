package io.portico.gateway.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Headers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values of {@code traceparent} are valid, and what they say to X-Ray. */
final class TraceParentTest {
  private static final String VALID = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String TRACE_ID =
      "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=";

  private static @Nullable TraceParent of(String value) {
    return TraceParent.of(Headers.of("TraceParent", value));
  }

  @ParameterizedTest
  @CsvSource({
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, 1",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00, 0",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03, 1",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-fe, 0",
    "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, 1",
    "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-comes-later, 1",
  })
  void aValidOneNamesTraceAndParent(String value, String sampled) {
    assertThat(Objects.requireNonNull(of(value)).asTraceId()).isEqualTo(TRACE_ID + sampled);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-B7AD6B7169203331-01",
        "00-0af7651916cd43dd8448eb211c8031-xc-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
        "0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
        "Root=1-67f4a3b1-0123456789abcdef01234567;Sampled=1;Parent=01234567"
      })
  void anyOtherIsNone(String value) {
    assertThat(of(value)).isNull();
  }

  @Test
  void oneThatNoTracerMadeIsNone() {
    assertThat(of("01" + VALID.substring(2) + "-" + "x".repeat(500))).isNull();
  }

  @Test
  void twoAreNone() {
    assertThat(TraceParent.of(Headers.of("traceparent", VALID, "Traceparent", VALID))).isNull();
    assertThat(TraceParent.of(Headers.empty())).isNull();
  }
}
