package io.portico.lambda.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SupervisorTest {
  private static final long PATIENCE_SECONDS = 20;

  private final Supervisor supervisor = new Supervisor(Duration.ZERO);
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    supervisor.close();
    started.forEach(Process::destroyForcibly);
  }

  /** A process group of its own. */
  private Process group() throws IOException {
    Process process = new ProcessBuilder("setsid", "sleep", "300").start();
    started.add(process);
    // Until then, it is in the group of this process.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    ProcessFigures figures = ProcessFigures.of(process.pid());
    while ((figures == null || figures.group() != process.pid()) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(2_000_000);
      figures = ProcessFigures.of(process.pid());
    }
    return process;
  }

  private static void assertThatItEnds(Process process) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aGroupIsKilledWithThoseItHasMade() throws Exception {
    Process function = group();
    Process made = group();
    Process other = group();
    supervisor.add(function.pid());
    supervisor.add(other.pid());
    supervisor.follow(function.pid(), Set.of(made.pid()));

    supervisor.kill(function.pid());

    assertThatItEnds(function);
    assertThatItEnds(made);
    assertThat(other.isAlive()).isTrue();
  }

  @Test
  void aGroupThatIsNoLongerItsIsLeftAlone() throws Exception {
    Process function = group();
    Process made = group();
    supervisor.add(function.pid());
    supervisor.follow(function.pid(), Set.of(made.pid()));
    supervisor.follow(function.pid(), Set.of());

    supervisor.close();

    assertThatItEnds(function);
    assertThat(made.isAlive()).isTrue();
  }

  @Test
  void whenAllEndsSoDoGroupsThatFunctionsHaveMade() throws Exception {
    Process function = group();
    Process made = group();
    supervisor.add(function.pid());
    supervisor.follow(function.pid(), Set.of(made.pid()));

    supervisor.close();

    assertThatItEnds(function);
    assertThatItEnds(made);
  }

  @Test
  void oneThatWasKilledItselfIsReplaced() throws Exception {
    Process function = group();
    supervisor.add(function.pid());
    killShells();

    supervisor.kill(function.pid());

    assertThatItEnds(function);
  }

  @Test
  void oneThatWasKilledItselfIsReplacedAtTheEnd() throws Exception {
    Process function = group();
    supervisor.add(function.pid());
    killShells();

    supervisor.close();

    assertThatItEnds(function);
  }

  /** Without anybody telling it anything: this process may be the next that is killed. */
  @Test
  void oneThatWasKilledItselfIsReplacedByItself() throws Exception {
    Process function = group();
    Process made = group();
    supervisor.add(function.pid());
    supervisor.follow(function.pid(), Set.of(made.pid()));

    Set<Long> killed = killShells();

    assertThat(shellsOtherThan(killed)).isNotEmpty();
    supervisor.close();
    assertThatItEnds(function);
    assertThatItEnds(made);
  }

  private static Set<Long> shells() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains("portico-supervisor"))
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  /** Those that are there in time: one that has just been forked does not show what it runs. */
  private static Set<Long> shellsOtherThan(Set<Long> known) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Set<Long> shells = shells();
    while (known.containsAll(shells) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(2_000_000);
      shells = shells();
    }
    shells.removeAll(known);
    return shells;
  }

  private static Set<Long> killShells() {
    Set<Long> shells = shellsOtherThan(Set.of());
    assertThat(shells).isNotEmpty();
    for (long shell : shells) {
      ProcessHandle.of(shell)
          .ifPresent(
              handle -> {
                handle.destroyForcibly();
                handle.onExit().join();
              });
    }
    return shells;
  }
}
