package io.portico.gateway.execute.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands of lines where a write is cut short. */
final class StreamLinesTest {
  private static final List<String> LINES = List.of("ab", "cdé", "f");

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final FullChannel target = new FullChannel(Channels.newChannel(out));
  private final StreamLines lines = new StreamLines(() -> target);

  /** Takes so many bytes and no more. */
  private static final class FullChannel implements WritableByteChannel {
    private final WritableByteChannel channel;
    private int room;

    /** Whether it takes none then, without a word. */
    private boolean silent;

    FullChannel(WritableByteChannel channel) {
      this.channel = channel;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (room == 0 && !silent) {
        throw new IOException("no space left");
      }
      int taken = Math.min(room, bytes.remaining());
      room -= taken;
      int _ = channel.write(bytes.slice(bytes.position(), taken));
      bytes.position(bytes.position() + taken);
      return taken;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private void isCutShort(List<String> left) {
    assertThatThrownBy(() -> lines.writeTexts(LINES))
        .hasMessageContaining("no space left")
        .asInstanceOf(InstanceOfAssertFactories.type(PartlyWrittenException.class))
        .satisfies(
            e -> {
              assertThat(e.left(LINES)).isEqualTo(left);
              assertThat(e.refused()).isZero();
            });
  }

  private void nothingIsWritten() {
    assertThatThrownBy(() -> lines.writeTexts(LINES))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(PartlyWrittenException.class);
  }

  private void writesAfterwards() throws IOException {
    target.room = Integer.MAX_VALUE;
    lines.writeTexts(List.of("next"));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 1, 'ab|next'",
    "4, 1, 'ab|c|next'",
    "7, 1, 'ab|cdé|next'",
    "8, 2, 'ab|cdé|next'",
    "9, 2, 'ab|cdé|f|next'",
  })
  void whatStandsIsCountedAndATornLineIsEnded(int room, int whole, String written)
      throws IOException {
    target.room = room;

    isCutShort(LINES.subList(whole, LINES.size()));
    writesAfterwards();

    assertThat(out.toString(UTF_8)).isEqualTo(written.replace('|', '\n') + "\n");
  }

  @ParameterizedTest
  @CsvSource({"0, 'next'", "1, 'a|next'", "2, 'ab|next'"})
  void withoutAWholeLineNoneIsWritten(int room, String written) throws IOException {
    target.room = room;

    nothingIsWritten();
    nothingIsWritten();
    writesAfterwards();

    assertThat(out.toString(UTF_8)).isEqualTo(written.replace('|', '\n') + "\n");
  }

  @Test
  void anEndOfATornLineThatIsCutShortIsStillAnEnd() throws IOException {
    target.room = 1;
    nothingIsWritten();
    target.room = 1;
    nothingIsWritten();
    target.room = 1;
    nothingIsWritten();
    writesAfterwards();

    assertThat(out.toString(UTF_8)).isEqualTo("a\na\nnext\n");
  }

  @Test
  void aChannelThatTakesNothingCutsThemShort() throws IOException {
    target.silent = true;
    target.room = 4;

    assertThatThrownBy(() -> lines.writeTexts(LINES))
        .isInstanceOf(PartlyWrittenException.class)
        .hasMessage("1 of 3 lines are written: it takes no more now");
    nothingIsWritten();
    writesAfterwards();

    assertThat(out.toString(UTF_8)).isEqualTo("ab\nc\nnext\n");
  }

  private Path path() {
    return folder.resolve("access.log");
  }

  /** Lines of a file, which takes so many bytes of the first write. */
  private StreamLines toFile(int room, Runnable meanwhile) {
    LogFile file = new LogFile(path());
    return new StreamLines(
        new StreamLines.Target() {
          private boolean used;

          @Override
          public WritableByteChannel channel() throws IOException {
            FullChannel channel = new FullChannel(file.channel());
            channel.room = used ? Integer.MAX_VALUE : room;
            used = true;
            return channel;
          }

          @Override
          public boolean takesBack(int bytes, int taken) {
            meanwhile.run();
            return file.takesBack(bytes, taken);
          }
        });
  }

  @Test
  void aTornLineOfAFileIsTakenBack() throws IOException {
    StreamLines toFile = toFile(5, () -> {});

    assertThatThrownBy(() -> toFile.writeTexts(LINES)).hasMessageContaining("1 of 3 lines");
    assertThat(Files.readString(path())).isEqualTo("ab\n");
    toFile.writeTexts(LINES);

    assertThat(Files.readString(path())).isEqualTo("ab\nab\ncdé\nf\n");
  }

  @Test
  void whatSomebodyElseHasWrittenBehindItIsNotTakenBack() throws IOException {
    StreamLines toFile = toFile(5, this::append);

    assertThatThrownBy(() -> toFile.writeTexts(LINES)).hasMessageContaining("1 of 3 lines");

    assertThat(Files.readString(path())).isEqualTo("ab\ncdelse\n");
  }

  private void append() {
    try {
      Path _ = Files.writeString(path(), "else\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
