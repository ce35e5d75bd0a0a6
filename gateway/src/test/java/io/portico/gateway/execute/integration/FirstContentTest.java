package io.portico.gateway.execute.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.http.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the first content of an answer is seen. */
final class FirstContentTest {
  private final Observations observations = new Observations();

  FirstContentTest() {
    observations.integrationStarted(System.nanoTime());
  }

  private Body observed(Body body) {
    return FirstContent.observed(EndpointResponse.whole(200, "200", body), observations).body();
  }

  @Test
  void whatHasNoContentHasNoFirst() {
    assertThat(observed(Body.EMPTY)).isSameAs(Body.EMPTY);

    assertThat(observations.contentNanos()).isNegative();
  }

  @Test
  void whatIsInMemoryIsThere() {
    Body body = Body.of("hello");

    assertThat(observed(body)).isSameAs(body);

    assertThat(observations.contentNanos()).isNotNegative();
  }

  @Test
  void whatIsMadeBeginsWithItsFirstByte() throws IOException {
    List<Long> seen = new ArrayList<>();
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    Body.Produced body =
        (Body.Produced)
            observed(
                new Body.Produced(
                    out -> {
                      out.write(new byte[0]);
                      out.flush();
                      seen.add(observations.contentNanos());
                      out.write('h');
                      seen.add(observations.contentNanos());
                      out.write("ello".getBytes(StandardCharsets.US_ASCII));
                      seen.add(observations.contentNanos());
                    }));

    body.producer().writeTo(sent);

    assertThat(sent).hasToString("hello");
    assertThat(seen.get(0)).isNegative();
    assertThat(seen.get(1)).isNotNegative();
    assertThat(seen.get(2)).isEqualTo(seen.get(1));
  }
}
