package io.portico.lambda.environment;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
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
public final class Supervisor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final int SECONDS_TO_END = 5;

  /** What a terminal sends to all of its processes is not for this one: its pipe says the end. */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP QUIT
      groups=' '
      while read -r verb group; do
        case $verb in
          add) groups="$groups$group " ;;
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

  private final Set<Long> groups = new LinkedHashSet<>();
  private @Nullable Process shell;
  private boolean closed;

  /**
   * Watches over a process group from now on.
   *
   * @throws IOException if there is no shell to do so
   */
  synchronized void add(long group) throws IOException {
    if (closed) {
      throw new IOException("the Lambda host is closed");
    }
    groups.add(group);
    tell("add", group);
  }

  /** Kills all of a group. */
  synchronized void kill(long group) {
    // One that has ended may have left its number to somebody else.
    if (closed || !groups.contains(group)) {
      return;
    }
    try {
      tell("kill", group);
    } catch (IOException e) {
      LOG.warn("process group {} could not be killed: {}", group, e.getMessage());
    }
  }

  /** The group's leader has ended; what it left behind ends, too. */
  synchronized void remove(long group) {
    if (groups.remove(group) && !closed) {
      try {
        tell("kill", group);
        tell("remove", group);
      } catch (IOException e) {
        LOG.warn("process group {} could not be ended: {}", group, e.getMessage());
      }
    }
  }

  private void tell(String verb, long group) throws IOException {
    Process running = shell;
    if (running == null || !running.isAlive()) {
      running = start();
      shell = running;
      for (long each : groups) {
        write(running, "add", each);
      }
    }
    write(running, verb, group);
  }

  private static Process start() throws IOException {
    return new ProcessBuilder(List.of("setsid", "sh", "-c", SCRIPT, "portico-supervisor"))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
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
