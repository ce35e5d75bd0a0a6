package io.portico.lambda.environment;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that no function outlives this process, not even where it is killed: a shell that
 * reads from a pipe which ends when this process does. It knows the process groups of all functions
 * and kills them then.
 *
 * <p>A signal at the parent's death would not do: it comes when the thread ends that started the
 * child.
 */
// What follows on the end of a shell is never waited for.
@SuppressWarnings("FutureReturnValueIgnored")
public final class Supervisor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final int SECONDS_TO_END = 5;

  /** One that ends sooner would end again: it is not replaced before the next function starts. */
  private static final Duration SHORT_LIFE = Duration.ofSeconds(1);

  /** What a terminal sends to all of its processes is not for this one: its pipe says the end. */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP QUIT
      groups=' '
      while read -r verb group; do
        case $verb in
          add)
            case $groups in
              *" $group "*) ;;
              *) groups="$groups$group " ;;
            esac ;;
          kill) kill -s KILL -- "-$group" 2>/dev/null ;;
          remove)
            case $groups in
              *" $group "*) groups="${groups%%" $group "*} ${groups#*" $group "}" ;;
            esac ;;
        esac
      done
      for group in $groups; do
        kill -s KILL -- "-$group" 2>/dev/null
      done
      """;

  /** By the group of a function's first process, those that others of it have made. */
  private final Map<Long, Set<Long>> groups = new LinkedHashMap<>();

  private final Duration shortLife;
  private @Nullable Process shell;
  private boolean closed;

  public Supervisor() {
    this(SHORT_LIFE);
  }

  /**
   * One for tests.
   *
   * @param shortLife of a shell that is not replaced at once
   */
  Supervisor(Duration shortLife) {
    this.shortLife = shortLife;
  }

  /**
   * Watches over a process group from now on.
   *
   * @throws IOException if there is no shell to do so
   */
  synchronized void add(long group) throws IOException {
    if (closed) {
      throw new IOException("the Lambda host is closed");
    }
    groups.put(group, Set.of());
    tell("add", group);
  }

  /**
   * Watches over process groups that a function has made as well, and over no others of it: one
   * that has ended may leave its number to somebody else.
   */
  synchronized void follow(long group, Set<Long> made) {
    Set<Long> before = groups.get(group);
    if (closed || before == null || before.equals(made)) {
      return;
    }
    groups.put(group, Set.copyOf(made));
    try {
      for (long each : made) {
        if (!before.contains(each)) {
          tell("add", each);
        }
      }
      for (long each : before) {
        if (!made.contains(each)) {
          tell("remove", each);
        }
      }
    } catch (IOException e) {
      LOG.warn("process groups of {} are not watched over: {}", group, e.getMessage());
    }
  }

  /** Kills all of a group, and of the groups that it has made. */
  synchronized void kill(long group) {
    Set<Long> made = groups.get(group);
    // One that has ended may have left its number to somebody else.
    if (closed || made == null) {
      return;
    }
    try {
      tell("kill", group);
      for (long each : made) {
        tell("kill", each);
      }
    } catch (IOException e) {
      LOG.warn("process group {} could not be killed: {}", group, e.getMessage());
    }
  }

  /** The group's leader has ended; what it left behind ends, too. */
  synchronized void remove(long group) {
    kill(group);
    Set<Long> made = groups.remove(group);
    if (made == null || closed) {
      return;
    }
    try {
      tell("remove", group);
      for (long each : made) {
        tell("remove", each);
      }
    } catch (IOException e) {
      LOG.warn("process group {} could not be forgotten: {}", group, e.getMessage());
    }
  }

  private void tell(String verb, long group) throws IOException {
    Process running = shell;
    if (running != null && running.isAlive()) {
      try {
        write(running, verb, group);
        return;
      } catch (IOException e) {
        LOG.debug("the supervisor has ended: {}", e.getMessage());
        running.destroyForcibly();
      }
    }
    write(started(), verb, group);
  }

  /** A shell that knows all groups. */
  private Process started() throws IOException {
    Process started =
        new ProcessBuilder(SessionCommand.of(SCRIPT, "portico-supervisor", List.of()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long begin = System.nanoTime();
    shell = started;
    started.onExit().thenAccept(ended -> ended(ended, System.nanoTime() - begin));
    for (Map.Entry<Long, Set<Long>> each : groups.entrySet()) {
      write(started, "add", each.getKey());
      for (long made : each.getValue()) {
        write(started, "add", made);
      }
    }
    return started;
  }

  /** Somebody has ended the shell: without another, functions would outlive this process. */
  private synchronized void ended(Process ended, long nanos) {
    if (closed || !ended.equals(shell) || groups.isEmpty()) {
      return;
    }
    if (nanos < shortLife.toNanos()) {
      LOG.warn("the supervisor of functions has ended at once; the next start tries another");
      return;
    }
    try {
      started();
    } catch (IOException e) {
      LOG.warn("there is no supervisor of functions: {}", e.getMessage());
    }
  }

  private static void write(Process shell, String verb, long group) throws IOException {
    OutputStream pipe = shell.getOutputStream();
    pipe.write((verb + " " + group + "\n").getBytes(StandardCharsets.US_ASCII));
    pipe.flush();
  }

  /** Kills every group that is left. */
  @Override
  public synchronized void close() {
    closed = true;
    Process running = shell;
    if (running == null) {
      return;
    }
    try {
      if (!running.isAlive() && !groups.isEmpty()) {
        running = started();
      }
      running.getOutputStream().close();
      if (!running.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    } catch (IOException e) {
      LOG.warn("the supervisor's pipe could not be closed: {}", e.getMessage());
      running.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running.destroyForcibly();
    }
  }
}
