package io.portico.store;

import io.portico.gateway.store.RecordKey;
import io.portico.gateway.store.RecordStore;
import io.portico.gateway.store.StoreException;
import io.portico.gateway.store.StoredRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Kills a process that writes to a store again and again and looks for what it had acknowledged.
 *
 * <p>The process writes numbers from several threads. Each write is one transaction of two records,
 * and is acknowledged on standard output once the store has returned. After each kill every
 * thread's numbers must run without a gap up to the last known one (acknowledged, or found after an
 * earlier kill) or the one after it, which was under way, and both records of each must be there:
 * nothing lost, nothing half done.
 */
final class DurabilityCheck {
  private static final int THREADS = 4;
  private static final int MOST_ACKNOWLEDGEMENTS = 60;
  private static final List<String> HALVES = List.of("left", "right");

  private final Path directory;
  private final Random random;

  /** By thread: the last number that was acknowledged, or was found after a kill. */
  private final long[] known = new long[THREADS];

  private long total;

  private DurabilityCheck(Path directory, long seed) {
    this.directory = directory;
    this.random = new Random(seed);
  }

  /** The writing process. */
  public static void main(String[] arguments) throws InterruptedException {
    write(Path.of(arguments[0]));
  }

  /**
   * What came of it.
   *
   * @param kills how often the writer was killed
   * @param acknowledged writes it had acknowledged
   * @param lost what was missing or half done; empty is good
   */
  record Result(int kills, long acknowledged, String lost) {}

  /** Kills a writer in {@code directory} so often, unless something is lost before. */
  static Result run(Path directory, int kills, long seed) throws IOException, InterruptedException {
    DurabilityCheck check = new DurabilityCheck(directory, seed);
    for (int kill = 1; kill <= kills; kill++) {
      check.writeAndKill();
      String lost = check.lost();
      if (!lost.isEmpty()) {
        return new Result(kill, check.total, lost);
      }
    }
    return new Result(kills, check.total, "");
  }

  private void writeAndKill() throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DurabilityCheck.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int enough = 1 + random.nextInt(MOST_ACKNOWLEDGEMENTS);
    try (BufferedReader lines = writer.inputReader(StandardCharsets.US_ASCII)) {
      int seen = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledge(line);
        if (++seen == enough) {
          // SIGKILL. What was acknowledged before stands in the pipe and is read on: so not
          // Process.destroyForcibly, which closes the pipe.
          writer.toHandle().destroyForcibly();
        }
      }
      if (seen < enough) {
        throw new IOException("the writer ended by itself with status " + writer.waitFor());
      }
    } finally {
      writer.destroyForcibly();
      writer.waitFor();
    }
  }

  private void acknowledge(String line) {
    int space = line.indexOf(' ');
    int end = line.indexOf(';');
    if (end < 0) {
      return; // cut off by the kill: nobody could have read it whole
    }
    known[Integer.parseInt(line.substring(0, space))] =
        Long.parseLong(line.substring(space + 1, end));
    total++;
  }

  private String lost() {
    try (RecordStore store = SqliteRecordStore.open(directory)) {
      StringBuilder lost = new StringBuilder();
      for (int thread = 0; thread < THREADS; thread++) {
        long last = known[thread];
        long left = highest(store, thread, "left", lost);
        long right = highest(store, thread, "right", lost);
        if (left != right || left < last || left > last + 1) {
          lost.append(
              "thread %d: known %d, found %d and %d; ".formatted(thread, last, left, right));
        }
        // What was under way when the writer died may be there: then it stays there.
        known[thread] = left;
      }
      return lost.toString();
    }
  }

  /** The last of a thread's numbers; a gap or wrong content below it goes to {@code lost}. */
  private static long highest(RecordStore store, int thread, String half, StringBuilder lost) {
    List<StoredRecord> records =
        store.read(view -> view.list(half, "thread-" + thread, "", Integer.MAX_VALUE));
    long expected = 0;
    for (StoredRecord record : records) {
      expected++;
      if (!record.key().id().equals(id(expected))
          || !Arrays.equals(record.content(), content(thread, expected))) {
        lost.append("thread %d %s: number %d; ".formatted(thread, half, expected));
        return expected;
      }
    }
    return expected;
  }

  private static void write(Path directory) throws InterruptedException {
    // One write(2) a line: a buffer of this process would lose, not the store.
    PrintStream out = System.out;
    RecordStore store = SqliteRecordStore.open(directory);
    Thread[] threads = new Thread[THREADS];
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      threads[i] = Thread.ofPlatform().start(() -> writeOn(store, thread, out));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void writeOn(RecordStore store, int thread, PrintStream out) {
    long number = highest(store, thread, "left", new StringBuilder());
    while (true) {
      long next = ++number;
      try {
        store.write(
            change -> {
              for (String half : HALVES) {
                change.put(
                    new RecordKey(half, "thread-" + thread, id(next)), content(thread, next));
              }
              return next;
            });
      } catch (StoreException e) {
        System.err.println(e.getMessage());
        return;
      }
      out.println(thread + " " + next + ";");
    }
  }

  private static String id(long number) {
    return "%012d".formatted(number);
  }

  /** A few bytes, now and then a few pages, never the same twice. */
  private static byte[] content(int thread, long number) {
    byte[] content = new byte[8 + (int) (number % 8 == 0 ? number * 7919 % 9000 : number % 200)];
    new Random(number * THREADS + thread).nextBytes(content);
    return content;
  }
}
