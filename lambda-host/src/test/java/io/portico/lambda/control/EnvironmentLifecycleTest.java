package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.portico.gateway.logs.LogEvent;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Setup;
import io.portico.lambda.Zips;
import io.portico.lambda.environment.Environments;
import io.portico.transport.listener.HttpListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** How long a function may take to begin, and how long its process is kept. */
final class EnvironmentLifecycleTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final long PATIENCE_SECONDS = 30;

  /** Begins once the file GO is there. */
  private static final String SLOW_AT_FIRST =
      """
      const fs = require('fs');
      while (!fs.existsSync('GO')) {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
      }
      exports.handler = async () => 'begun again';
      """;

  private static final String SLOW =
      """
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60000);
      exports.handler = async () => 'never';
      """;

  private static final String PID =
      """
      const fs = require('fs');
      const os = require('os');
      fs.writeFileSync(os.tmpdir() + '/file', 'x');
      exports.handler = async () => process.pid;
      """;

  private static final String BUSY =
      """
      const { spawn } = require('child_process');
      exports.handler = async () => {
        spawn('sh', ['-c', 'n=0; while :; do n=$((n+1)); mkdir $TMPDIR/$n; echo >$TMPDIR/$n/f; done'],
            { stdio: 'ignore' });
        return 1;
      };
      """;

  private static RunningHost started(
      Duration idle, Duration initialization, String code, int timeoutSeconds) {
    RunningHost host =
        RunningHost.start(Setup.of(1).with(new Environments.Limits(1, idle, initialization)));
    host.create(
        creation("function", "nodejs20.x", "index.handler", Zips.of("index.js", code))
            .put("Timeout", timeoutSeconds));
    return host;
  }

  private static List<String> lines(RunningHost host) {
    return host.logs("function").stream().map(LogEvent::message).toList();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @Test
  void oneThatTakesTooLongToBeginIsBegunAgainAsPartOfTheInvocation(@TempDir Path folder)
      throws Exception {
    Path go = folder.resolve("go");
    String code = SLOW_AT_FIRST.replace("GO", go.toString());
    try (RunningHost host = started(LONG, Duration.ofSeconds(1), code, 20);
        ExecutorService caller = Executors.newSingleThreadExecutor()) {
      Future<Reply> call =
          caller.submit(() -> host.invoke("function", "{}", "X-Amz-Log-Type", "Tail"));
      await(() -> lines(host).stream().anyMatch(line -> line.startsWith("INIT_REPORT")));
      Files.writeString(go, "go");

      Reply reply = call.get();
      assertThat(reply.text()).isEqualTo("\"begun again\"");
      assertThat(RunningHost.tail(reply)).doesNotContain("Init Duration");
      assertThat(lines(host))
          .filteredOn(line -> line.startsWith("INIT_REPORT"))
          .singleElement()
          .asString()
          .matches(
              "INIT_REPORT Init Duration: [1-9]\\d{3,}\\.\\d\\d ms\tPhase: init\tStatus: timeout\\s*");
      assertThat(lines(host)).filteredOn(line -> line.startsWith("INIT_START")).hasSize(2);
    }
  }

  @Test
  void oneThatNeverBeginsHasItsTimeoutBesides() {
    try (RunningHost host = started(LONG, Duration.ofSeconds(1), SLOW, 2)) {
      long begin = System.nanoTime();

      Reply reply = host.invoke("function", "{}");

      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(50));
      assertThat(reply.json().path("errorType").asString()).isEqualTo("Sandbox.Timedout");
      assertThat(reply.json().path("errorMessage").asString())
          .endsWith(" Error: Task timed out after 2.00 seconds");
    }
  }

  /** Without a line in the log of Portico, as they end by the hundred. */
  @Test
  void oneThatHasNothingToDoEndsWithItsFiles() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(HttpListener.class);
    logger.addAppender(log);
    try (RunningHost host = started(Duration.ofMillis(100), Duration.ofSeconds(10), PID, 20)) {
      long pid = Long.parseLong(host.invoke("function", "{}").text());

      await(() -> ProcessHandle.of(pid).isEmpty() && folders(host).isEmpty());

      assertThat(ProcessHandle.of(pid)).isEmpty();
      assertThat(folders(host)).isEmpty();
      assertThat(log.list).isEmpty();
      assertThat(Long.parseLong(host.invoke("function", "{}").text())).isNotEqualTo(pid);
    } finally {
      logger.detachAppender(log);
    }
  }

  @Test
  void nothingIsLeftOfOneThatWritesWhileItIsEnded() {
    Path temporary;
    try (RunningHost host = started(LONG, Duration.ofSeconds(10), BUSY, 20)) {
      temporary = host.temporary();
      host.invoke("function", "{}");
      assertThat(folders(host)).hasSize(1);
    }

    assertThat(temporary).doesNotExist();
  }

  private static List<Path> folders(RunningHost host) {
    try (Stream<Path> folders = Files.list(host.temporary())) {
      return folders.toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
