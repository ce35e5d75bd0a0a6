package io.portico.bench.durability;

import io.portico.bench.peer.ControlPlane;
import io.portico.bench.peer.PorticoProgram;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code ./portico bench durability [KILLS]}: starts a durable server, lets clients change an API,
 * kills the server with SIGKILL at a random moment, starts it again on the same directory and looks
 * for every change it had acknowledged. A last start looks for those of all rounds.
 */
public final class DurabilityRun {
  private static final int CLIENTS = 4;
  private static final int MOST_CHANGES = 60;
  private static final int PATIENCE_SECONDS = 60;
  private static final int KILLS_A_LINE = 25;
  private static final Pattern PATH = Pattern.compile("\"path\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern POSITION = Pattern.compile("\"position\"\\s*:\\s*\"([^\"]+)\"");

  private final PorticoProgram program = new PorticoProgram();
  private final int kills;
  private final Path folder;
  private final Random random;
  private final List<Round> rounds = new ArrayList<>();
  private long acknowledged;

  /** What was done to one API before a kill. */
  private record Round(String api, List<Changes> clients) {}

  private DurabilityRun(int kills, Path folder, long seed) {
    this.kills = kills;
    this.folder = folder;
    this.random = new Random(seed);
  }

  /**
   * Kills a server so often.
   *
   * @throws BenchFailure if something is lost; the server's directory stays
   */
  public static void run(int kills) {
    long seed = System.nanoTime();
    try {
      Path folder = Files.createTempDirectory("portico-durability-");
      DurabilityRun run = new DurabilityRun(kills, folder, seed);
      run.killAndCheck();
      delete(folder);
      System.out.println(run.soFar(kills) + "; seed " + seed);
    } catch (IOException e) {
      throw new BenchFailure("durability: " + e.getMessage(), e);
    }
  }

  private void killAndCheck() throws IOException {
    for (int kill = 1; kill <= kills; kill++) {
      try (Child process = start();
          ControlPlane server = controlPlane(process)) {
        if (!rounds.isEmpty()) {
          check(server, rounds.getLast());
        }
        rounds.add(changeUntilKilled(process, server));
      }
      if (kill % KILLS_A_LINE == 0 && kill < kills) {
        System.out.println(soFar(kill));
      }
    }
    try (Child process = start();
        ControlPlane server = controlPlane(process)) {
      for (Round round : rounds) {
        check(server, round);
      }
    }
  }

  private Child start() {
    return Child.start(
        "portico",
        folder,
        program.command("serve", "--data", folder.resolve("data").toString(), "--port", "0"),
        Map.of());
  }

  private static ControlPlane controlPlane(Child process) {
    return new ControlPlane(Integer.parseInt(process.awaitLine(PorticoProgram.READY).group(1)));
  }

  private Round changeUntilKilled(Child process, ControlPlane server) throws IOException {
    String api =
        ControlPlane.id(
            server.call("POST", "/restapis", "{\"name\": \"round " + rounds.size() + "\"}"));
    String root =
        ControlPlane.id(server.call("GET", "/restapis/" + api + "/resources?limit=500", ""));
    CountDownLatch enough = new CountDownLatch(1 + random.nextInt(MOST_CHANGES));
    List<Changes> clients = new ArrayList<>();
    List<Future<?>> ends = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (int client = 0; client < CLIENTS; client++) {
        Changes changes = new Changes(server, api, root, client, enough::countDown);
        clients.add(changes);
        ends.add(threads.submit(changes));
      }
      if (!enough.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.kill();
        throw new BenchFailure("the server acknowledges no more changes; its data is in " + folder);
      }
      process.kill();
      for (Future<?> end : ends) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw new BenchFailure(
          "a client failed: " + e.getMessage() + "; the data is in " + folder, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
    acknowledged += clients.stream().mapToLong(Changes::count).sum();
    return new Round(api, clients);
  }

  private void check(ControlPlane server, Round round) throws IOException {
    Set<String> found = paths(server, round.api());
    List<String> problems =
        round.clients().stream().flatMap(client -> client.problems(found).stream()).toList();
    if (!problems.isEmpty()) {
      throw new BenchFailure(
          "after kill %d: %s; the server's data is in %s"
              .formatted(rounds.size(), String.join(", ", problems), folder));
    }
  }

  private static Set<String> paths(ControlPlane server, String api) throws IOException {
    Set<String> paths = new TreeSet<>();
    String position = "";
    do {
      String answer =
          server.call("GET", "/restapis/" + api + "/resources?limit=500" + position, "");
      Matcher path = PATH.matcher(answer);
      while (path.find()) {
        paths.add(path.group(1));
      }
      Matcher next = POSITION.matcher(answer);
      position = next.find() ? "&position=" + next.group(1) : "";
    } while (!position.isEmpty());
    return paths;
  }

  private String soFar(int done) {
    return "%,d of %,d kills: %,d acknowledged changes, all found"
        .formatted(done, kills, acknowledged);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
