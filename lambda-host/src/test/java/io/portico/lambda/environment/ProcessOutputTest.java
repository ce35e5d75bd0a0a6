package io.portico.lambda.environment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessOutputTest {
  private static final int MOST = 1 << 20;

  private static List<String> lines(byte[] printed) {
    List<String> lines = new ArrayList<>();
    new ProcessOutput(new ByteArrayInputStream(printed), lines::add).end();
    return lines;
  }

  private static List<String> lines(String printed) {
    return lines(printed.getBytes(UTF_8));
  }

  @Test
  void aLineFeedEndsALine() {
    assertThat(lines("one\ntwo\r\n\nthree")).containsExactly("one\n", "two\r\n", "\n", "three");
  }

  @Test
  void aLineOfAMegabyteIsWhole() {
    String line = "x".repeat(MOST) + "\n";

    assertThat(lines(line + "next\n")).containsExactly(line, "next\n");
  }

  @Test
  void aLongerLineIsSplitThere() {
    assertThat(lines("x".repeat(MOST) + "y\n")).extracting(String::length).containsExactly(MOST, 2);
  }

  @Test
  void noCharacterIsSplit() {
    for (String character : List.of("ü", "€", "🎉")) {
      for (int before = 0; before <= 4; before++) {
        String line = "x".repeat(before) + character.repeat(MOST / 2 + 1) + "\n";

        List<String> parts = lines(line);

        assertThat(parts).hasSizeGreaterThan(1);
        assertThat(parts.getFirst().getBytes(UTF_8).length).isBetween(MOST - 3, MOST);
        assertThat(String.join("", parts).equals(line)).isTrue();
      }
    }
  }

  @Test
  void whatIsNoTextIsSplitNevertheless() {
    byte[] printed = new byte[MOST + 10];
    Arrays.fill(printed, (byte) 0x80);

    assertThat(lines(printed)).hasSize(2);
  }
}
