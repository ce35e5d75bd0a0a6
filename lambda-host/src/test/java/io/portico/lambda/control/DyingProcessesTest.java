package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Processes of functions that end at any moment: each call is answered, and in its time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DyingProcessesTest {
  private static final int CLIENTS = 32;
  private static final Duration LOAD = Duration.ofSeconds(3);
  private static final int TIMEOUT_SECONDS = 10;

  /**
   * For what comes before and after the function's own time: a wait for a process, and its start.
   */
  private static final Duration GRACE = Duration.ofSeconds(15);

  private static final int KILLED_OF_ANSWERED = 10;
  private static final int LEAST_KILLED = 6;

  /** How long the load may last until so many are killed. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String PID =
      """
      exports.handler = async () => {
        await new Promise(resolve => setTimeout(resolve, 10));
        return process.pid;
      };
      """;

  private static final String GREEDY =
      """
      exports.handler = async () => {
        const kept = [];
        for (;;) {
          kept.push(Buffer.alloc(1 << 20, 1));
        }
      };
      """;

  /** Its child has lost its parent before it takes anything. */
  private static final String GREEDY_BY_ANOTHER =
      """
      const { spawn } = require('child_process');
      exports.handler = async () => {
        const code = 'const kept = []; setInterval(() => kept.push(Buffer.alloc(1 << 23, 1)), 20);';
        spawn('sh', ['-c', `sleep 0.1; "${process.execPath}" -e "${code}" & exit`],
            { stdio: 'ignore' });
        await new Promise(resolve => setTimeout(resolve, 60000));
      };
      """;

  private final RunningHost host = RunningHost.start(4);

  @AfterAll
  void end() {
    host.close();
  }

  private void create(String name, String code) {
    create(name, code, TIMEOUT_SECONDS);
  }

  private void create(String name, String code, int timeoutSeconds) {
    host.create(
        creation(name, "nodejs20.x", "index.handler", Zips.of("index.js", code))
            .put("Timeout", timeoutSeconds)
            .put("MemorySize", 192));
  }

  private static void assertThatItWasKilled(Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("X-Amz-Function-Error")).as(reply.text()).isEqualTo("Unhandled");
    assertThat(reply.json().path("errorType").asString()).isEqualTo("Runtime.ExitError");
    assertThat(reply.json().path("errorMessage").asString())
        .isEqualTo(
            "RequestId: %s Error: Runtime exited with error: signal: killed"
                .formatted(reply.header("x-amzn-RequestId")));
  }

  @Test
  void eachCallIsAnsweredWhileProcessesAreKilled() throws Exception {
    create("mortal", PID);
    BlockingQueue<Long> answered = new LinkedBlockingQueue<>();
    AtomicBoolean over = new AtomicBoolean();
    List<Future<?>> clients = new ArrayList<>();
    int killed = 0;
    try (ExecutorService callers = Executors.newFixedThreadPool(CLIENTS)) {
      try {
        for (int i = 0; i < CLIENTS; i++) {
          clients.add(callers.submit(() -> callUntil(over, answered)));
        }

        long begin = System.nanoTime();
        while (isUnder(LOAD, begin) || (killed < LEAST_KILLED && isUnder(PATIENCE, begin))) {
          Long pid = answered.poll(100, TimeUnit.MILLISECONDS);
          if (pid != null && ThreadLocalRandom.current().nextInt(KILLED_OF_ANSWERED) == 0) {
            killed += kill(pid) ? 1 : 0;
          }
        }
      } finally {
        over.set(true);
      }
    }

    for (Future<?> client : clients) {
      client.get();
    }
    assertThat(killed).isGreaterThanOrEqualTo(LEAST_KILLED);
    assertThat(Long.parseLong(host.invoke("mortal", "{}").text())).isPositive();
  }

  private static boolean isUnder(Duration time, long begin) {
    return System.nanoTime() - begin < time.toNanos();
  }

  /** Calls one after the other; each is answered in time, by the function or with its end. */
  private void callUntil(AtomicBoolean over, BlockingQueue<Long> answered) {
    while (!over.get()) {
      long begin = System.nanoTime();
      Reply reply = host.invoke("mortal", "{}");

      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isLessThan(GRACE.plusSeconds(TIMEOUT_SECONDS));
      if (reply.header("X-Amz-Function-Error").isEmpty()) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        answered.add(Long.parseLong(reply.text()));
      } else {
        assertThatItWasKilled(reply);
      }
    }
  }

  /** Kills a process that this one has started; another may have its number by now. */
  private static boolean kill(long pid) {
    return ProcessHandle.of(pid)
        .filter(process -> process.parent().equals(Optional.of(ProcessHandle.current())))
        .map(ProcessHandle::destroyForcibly)
        .orElse(false);
  }

  @Test
  void thoseThatTakeMemoryWithoutEndEndAloneThoughSeveralDoAtOnce() throws Exception {
    create("bystander", PID);
    for (int i = 0; i < 3; i++) {
      create("greedy" + i, GREEDY);
    }
    String bystander = host.invoke("bystander", "{}").text();
    List<Future<Reply>> greedy = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < 3; i++) {
        String name = "greedy" + i;
        greedy.add(callers.submit(() -> host.invoke(name, "{}", "X-Amz-Log-Type", "Tail")));
      }
    }

    for (Future<Reply> each : greedy) {
      assertThatItWasKilled(each.get());
      assertThat(RunningHost.tail(each.get()))
          .contains("\tMax Memory Used: ")
          .doesNotContain("\tMax Memory Used: 0 MB\t")
          .endsWith("\tStatus: error\tError Type: Runtime.OutOfMemory\n");
    }
    assertThat(host.invoke("bystander", "{}").text()).isEqualTo(bystander);
  }

  @Test
  void whatAChildTakesThatHasLostItsParentCountsToo() {
    create("greedy-by-another", GREEDY_BY_ANOTHER, 40);

    assertThatItWasKilled(host.invoke("greedy-by-another", "{}"));
  }
}
