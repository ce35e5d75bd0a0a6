package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.execute.telemetry.StreamLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands of the lines of two logs where writes are cut short. */
final class SharedStreamTest {
  private final FullChannel full = new FullChannel();
  private final SharedStream shared = new SharedStream(full);
  private final StreamLines one = new StreamLines(shared);
  private final StreamLines other = new StreamLines(shared);

  /** Takes so many bytes, and nothing then. */
  private static final class FullChannel implements WritableByteChannel {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int room;

    @Override
    public int write(ByteBuffer bytes) {
      int taken = Math.min(room, bytes.remaining());
      room -= taken;
      for (int i = 0; i < taken; i++) {
        out.write(bytes.get());
      }
      return taken;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}

    String written() {
      return out.toString(UTF_8);
    }
  }

  private void isCutShort(StreamLines lines, int room) {
    full.room = room;
    assertThatThrownBy(() -> lines.writeTexts(List.of("torn", "lost")))
        .isInstanceOf(IOException.class);
  }

  private void writes(StreamLines lines, String text) throws IOException {
    full.room = 100;
    lines.writeTexts(List.of(text));
  }

  @Test
  void aTornLineOfOneIsEndedByTheOther() throws IOException {
    isCutShort(one, 3);

    writes(other, "next");
    writes(one, "again");

    assertThat(full.written()).isEqualTo("tor\nnext\nagain\n");
  }

  @Test
  void aTornLineIsEndedByItsOwnLog() throws IOException {
    isCutShort(one, 7);

    writes(one, "next");
    writes(other, "again");

    assertThat(full.written()).isEqualTo("torn\nlo\nnext\nagain\n");
  }

  @Test
  void whatEndsATornLineMayBeAllThatIsTaken() throws IOException {
    isCutShort(one, 3);
    isCutShort(other, 0);
    isCutShort(other, 1);

    writes(one, "next");

    assertThat(full.written()).isEqualTo("tor\nnext\n");
  }

  @Test
  void nothingStandsBeforeLinesBehindWholeOnes() throws IOException {
    isCutShort(one, 5);
    isCutShort(other, 0);

    writes(one, "");
    writes(other, "next");

    assertThat(full.written()).isEqualTo("torn\n\nnext\n");
  }
}
