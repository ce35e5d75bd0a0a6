package io.portico.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class HeapTest {
  private static final int MEGABYTE = 1024 * 1024;
  private static final int PIECES = 64;

  /** Another process: one that waits for itself to be looked at would wait for ever. */
  private final Process allocating = allocating();

  private final BufferedReader said = allocating.inputReader();

  @BeforeEach
  void started() throws IOException {
    assertThat(said.readLine()).isEqualTo("ready");
  }

  @AfterEach
  void ended() {
    allocating.destroyForcibly();
  }

  @Test
  void whatThreadsAllocateIsCountedWhetherItIsKeptOrNot() throws IOException {
    long before = Heap.allocated(allocating.pid());

    allocate("drop");

    assertThat(Heap.allocated(allocating.pid()) - before)
        .isBetween((PIECES - 2L) * MEGABYTE, 2L * PIECES * MEGABYTE);
  }

  @Test
  void whatIsKeptLives() throws IOException {
    long before = Heap.live(allocating.pid());

    allocate("drop");
    long dropped = Heap.live(allocating.pid());
    allocate("keep");

    assertThat(dropped - before).isLessThan(8L * MEGABYTE);
    assertThat(Heap.live(allocating.pid()) - before).isGreaterThan((PIECES - 8L) * MEGABYTE);
  }

  private void allocate(String what) throws IOException {
    allocating.outputWriter().append(what).append('\n').flush();
    assertThat(said.readLine()).startsWith(what);
  }

  private static Process allocating() {
    try {
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path"),
              Allocating.class.getName())
          .start();
    } catch (IOException e) {
      throw new BenchFailure("cannot start a JVM", e);
    }
  }

  /** A JVM that allocates when it is told to, until its input ends. */
  static final class Allocating {
    public static void main(String[] arguments) throws IOException {
      List<byte[]> kept = new ArrayList<>();
      BufferedReader input =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      System.out.println("ready");
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        for (int i = 0; i < PIECES; i++) {
          kept.add(new byte[MEGABYTE]);
        }
        if (line.equals("drop")) {
          kept.clear();
        }
        System.out.println(line + ": " + kept.size() + " kept");
      }
    }
  }
}
