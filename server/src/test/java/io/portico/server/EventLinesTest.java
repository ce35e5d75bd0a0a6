package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.execute.telemetry.LoggedEvents;
import io.portico.gateway.execute.telemetry.PartlyWrittenException;
import io.portico.gateway.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Execution logs in a file whose disk is full. */
final class EventLinesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Takes two lines, a part of the third, and then nothing more. */
  private final class Full implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
      int lines = 0;
      while (bytes.hasRemaining() && lines < 2) {
        byte octet = bytes.get();
        out.write(octet);
        lines += octet == '\n' ? 1 : 0;
      }
      out.write(bytes.get());
      throw new IOException("no space left");
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private static LoggedEvents call(String id, String... messages) {
    return new LoggedEvents(
        "000000000000",
        "us-east-1",
        "API-Gateway-Execution-Logs_abc/prod",
        id,
        List.of(messages).stream().map(text -> new LoggedEvents.Event(1, text)).toList());
  }

  @Test
  void whatStandsIsWrittenAndACallThatIsCutShortIsNot() {
    List<LoggedEvents> calls =
        List.of(call("one", "begins"), call("two", "begins", "ends"), call("three", "begins"));
    Full full = new Full();

    assertThatThrownBy(() -> new EventLines(() -> full).add(calls))
        .asInstanceOf(InstanceOfAssertFactories.type(PartlyWrittenException.class))
        .satisfies(
            e -> {
              assertThat(e.left(calls)).isEqualTo(calls.subList(1, 3));
              assertThat(e.refused()).isZero();
            });

    assertThat(out.toString(UTF_8).lines().limit(2).map(Json::parse))
        .extracting(event -> event.path("requestId").asString())
        .containsExactly("one", "two");
  }
}
