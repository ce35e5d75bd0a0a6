package io.portico.lambda.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On plain folders: what the kernel would do with what is written is not done. */
final class CgroupsTest {
  private static final long PID = 4242;

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void delegate() throws IOException {
    write("cgroup.controllers", "cpu memory pids\n");
    write("cgroup.procs", PID + "\n");
    write("cgroup.subtree_control", "");
  }

  private void write(String file, String content) throws IOException {
    Files.writeString(folder.resolve(file), content);
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  @Test
  void aDelegatedCgroupIsDividedAndTheProcessGoesBelowIt() throws IOException {
    assertThat(Cgroups.taken(folder, PID)).isPresent();

    assertThat(read("portico/cgroup.procs")).isEqualTo("4242");
    assertThat(read("cgroup.subtree_control")).isEqualTo("+memory +pids");
  }

  @Test
  void eachFunctionHasOneWithLimits() throws IOException {
    Cgroups cgroups = Cgroups.taken(folder, PID).orElseThrow();

    cgroups.create(128).add(7);
    cgroups.create(256).add(8);

    assertThat(read("function-1/memory.max")).isEqualTo("134217728");
    assertThat(read("function-1/memory.oom.group")).isEqualTo("1");
    assertThat(read("function-1/pids.max")).isEqualTo("742");
    assertThat(read("function-1/cgroup.procs")).isEqualTo("7");
    assertThat(read("function-2/memory.max")).isEqualTo("268435456");
    assertThat(read("function-2/cgroup.procs")).isEqualTo("8");
  }

  @Test
  void withoutTheControllerOfProcessesTheyAreNotCounted() throws IOException {
    write("cgroup.controllers", "memory\n");

    Cgroups cgroups = Cgroups.taken(folder, PID).orElseThrow();
    cgroups.create(128).add(7);

    assertThat(read("cgroup.subtree_control")).isEqualTo("+memory");
    assertThat(folder.resolve("function-1/pids.max")).doesNotExist();
  }

  @Test
  void withoutTheControllerOfMemoryThereAreNone() throws IOException {
    write("cgroup.controllers", "cpu pids\n");

    assertThat(Cgroups.taken(folder, PID)).isEmpty();
    assertThat(folder.resolve("portico")).doesNotExist();
  }

  @Test
  void whereOthersAreThereAreNone() throws IOException {
    write("cgroup.procs", "1\n4242\n");

    assertThat(Cgroups.taken(folder, PID)).isEmpty();
    assertThat(folder.resolve("portico")).doesNotExist();
  }

  @Test
  void whereNothingCanBeDividedTheProcessGoesBack() throws IOException {
    Files.delete(folder.resolve("cgroup.subtree_control"));
    Files.createDirectory(folder.resolve("cgroup.subtree_control"));
    write("cgroup.procs", "4242\n");
    Files.createDirectories(folder.resolve("portico"));

    assertThat(Cgroups.taken(folder, PID)).isEmpty();

    assertThat(read("cgroup.procs")).isEqualTo("4242");
  }

  @Test
  void whatAProcessBeforeHasLeftIsDeleted() throws IOException {
    Files.createDirectory(folder.resolve("function-9"));

    assertThat(Cgroups.taken(folder, PID)).isPresent();

    assertThat(folder.resolve("function-9")).doesNotExist();
  }

  @Test
  void swapIsForbiddenWhereItIsCounted() throws IOException {
    Path group = Files.createDirectory(folder.resolve("group"));
    Files.writeString(group.resolve("memory.swap.max"), "max\n");

    new FunctionCgroup(group).limit(128, true);

    assertThat(group.resolve("memory.swap.max")).hasContent("0");
  }

  @Test
  void theKernelSaysWhetherMemoryWasTheEndAndHowMuchItWas() throws IOException {
    Path group = Files.createDirectory(folder.resolve("group"));
    FunctionCgroup cgroup = new FunctionCgroup(group);
    assertThat(cgroup.ranOutOfMemory()).isFalse();
    assertThat(cgroup.peakMegabytes()).isZero();

    Files.writeString(group.resolve("memory.events"), "low 0\nmax 7\noom 0\noom_kill 0\n");
    Files.writeString(group.resolve("memory.peak"), "1048577\n");
    assertThat(cgroup.ranOutOfMemory()).isFalse();
    assertThat(cgroup.peakMegabytes()).isEqualTo(2);

    Files.writeString(
        group.resolve("memory.events"), "low 0\nmax 9\noom 1\noom_kill 2\noom_group_kill 1\n");
    assertThat(cgroup.ranOutOfMemory()).isTrue();
  }

  @Test
  void closingKillsWhatIsInItAndDeletesIt() throws Exception {
    Path group = Files.createDirectory(folder.resolve("group"));
    Path kill = Files.writeString(group.resolve("cgroup.kill"), "");
    Thread kernel = Thread.ofVirtual().start(() -> buryOnce(kill));

    new FunctionCgroup(group).close();

    kernel.join();
    assertThat(group).doesNotExist();
  }

  /** Of version 2, without limits: those take a controller that is delegated. */
  @Test
  void aProcessInACgroupOfTheKernelEndsWithIt() throws Exception {
    Path root =
        CgroupFolder.of("0::/\n", Files.readString(Path.of("/proc/self/mountinfo"))).orElse(folder);
    assumeTrue(
        !root.equals(folder)
            && Files.isWritable(root)
            && Files.exists(root.resolve("cgroup.procs")),
        "there is no cgroup here to make others in");
    Path group = Files.createDirectory(root.resolve("portico-test-" + System.nanoTime()));
    FunctionCgroup cgroup = new FunctionCgroup(group);
    Process process = new ProcessBuilder("sleep", "300").start();
    try {
      cgroup.add(process.pid());
      assertThat(Files.readAllLines(group.resolve("cgroup.procs")))
          .containsExactly(Long.toString(process.pid()));
    } finally {
      cgroup.close();
    }

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(137);
    assertThat(group).doesNotExist();
  }

  /** What the kernel does when it is told to kill. */
  private static void buryOnce(Path kill) {
    try {
      while (!List.of("1").equals(Files.readAllLines(kill))) {
        LockSupport.parkNanos(2_000_000);
      }
      Files.delete(kill);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
