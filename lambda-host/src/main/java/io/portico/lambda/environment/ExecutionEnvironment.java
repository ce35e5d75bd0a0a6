package io.portico.lambda.environment;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.logs.LogGroupId;
import io.portico.gateway.logs.LogStore;
import io.portico.gateway.logs.LogStream;
import io.portico.lambda.code.Trees;
import io.portico.lambda.environment.RuntimeProcess.Children;
import io.portico.lambda.snapshot.FunctionSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An <b>execution environment</b>: runs one function, one event at a time, in a process that it
 * starts with the first event and again after it has ended. What the function keeps in {@code /tmp}
 * lasts as long as the environment. AWS: source: recorded, facts INV-08, INV-09.
 *
 * <p>Used by one thread at a time.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">Execution
 *     environment lifecycle</a>
 */
final class ExecutionEnvironment implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutionEnvironment.class);

  private static final DateTimeFormatter STREAM_DATE =
      DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LINE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final long PEAK_AGE_NANOS = Duration.ofMillis(200).toNanos();
  private static final byte[] NOTHING = {};

  private final FunctionSnapshot function;
  private final Surroundings surroundings;
  private final RuntimeListeners.Listening listening;
  private final Path temporary;
  private final LogStream logStream;
  private final Credentials credentials;
  private final InvocationLog log;

  private @Nullable RuntimeProcess process;
  private boolean outOfMemory;
  private int peakMegabytes;
  private long peakNanos;

  /** Read by the threads of the Runtime API. */
  private volatile @Nullable RuntimeSession session;

  /**
   * What environments need of the host.
   *
   * @param temporary the folder in which each has one of its own
   * @param initialization how long a function may take to begin
   * @param carrier of the threads that invoke: an event loop must not wait for a process to start
   */
  record Surroundings(
      Children children,
      RuntimeListeners listeners,
      Launcher launcher,
      RoleSessions roles,
      LogStore logs,
      Path temporary,
      Duration initialization,
      Deadlines deadlines,
      Carrier carrier) {}

  /**
   * An environment without a process yet.
   *
   * @throws IOException if there is no port or no folder for it, or its role is none
   */
  ExecutionEnvironment(FunctionSnapshot function, Surroundings surroundings) throws IOException {
    this.function = function;
    this.surroundings = surroundings;
    String id = UUID.randomUUID().toString().replace("-", "");
    this.temporary = Files.createDirectories(surroundings.temporary.resolve(id));
    Deque<Runnable> undo = new ArrayDeque<>(List.of(this::deleteTemporary));
    try {
      Credentials opened = surroundings.roles.open(function);
      undo.addFirst(() -> surroundings.roles.close(opened));
      RuntimeListeners.Listening port = surroundings.listeners.open(new RuntimeApi(() -> session));
      undo.addFirst(port::close);
      this.credentials = opened;
      this.listening = port;
      this.logStream = surroundings.logs.stream(group(function), streamName(function, id));
      undo.clear();
    } finally {
      undo.forEach(Runnable::run);
    }
    this.log = new InvocationLog(logStream, PlatformLog.of(function, logStream.name()));
  }

  private static LogGroupId group(FunctionSnapshot function) {
    return new LogGroupId(function.id().accountId(), function.id().region(), function.logGroup());
  }

  /** AWS: names the function where the group is not its own; source: documented, LoggingConfig. */
  private static String streamName(FunctionSnapshot function, String id) {
    String own = "/aws/lambda/" + function.id().name();
    return STREAM_DATE.format(Instant.now())
        + "/"
        + (function.logGroup().equals(own) ? "" : function.id().name())
        + "["
        + function.version()
        + "]"
        + id;
  }

  /**
   * Runs the function on an event; returns when it has answered, failed or used up its time.
   *
   * @param stream what the answer may go to while it comes, or null where it is wanted whole
   */
  Invoked invoke(Event event, @Nullable ResponseStream stream) {
    if (!logStream.isReady()) {
      surroundings.carrier.computingForLong();
    }
    if (session != null && session.isOver()) {
      end();
    }
    Duration initialization = null;
    Outcome failure = null;
    if (session == null) {
      long begin = System.nanoTime();
      failure = initialize(surroundings.initialization, "init").orElse(null);
      initialization = Duration.ofNanos(System.nanoTime() - begin);
      if (failure instanceof Outcome.TimedOut) {
        failure = null;
        initialization = null;
      }
    }
    log.start(event);
    long begin = System.nanoTime();
    Outcome outcome = failure == null ? run(event, stream) : failure;
    return finished(event, outcome, Duration.ofNanos(System.nanoTime() - begin), initialization);
  }

  /** Hands the event over; where there is no process to take it, to a new one. */
  private Outcome run(Event event, @Nullable ResponseStream stream) {
    long begin = System.nanoTime();
    RuntimeSession current = session;
    if (current != null) {
      Outcome outcome = current.invoke(event, stream, function.timeout());
      if (!(outcome instanceof Outcome.Exited) || !current.withdraw()) {
        return outcome;
      }
      // It ended after it had answered the event before, and never saw this one.
      end();
    }
    Optional<Outcome> failure = initialize(left(begin), "invoke");
    RuntimeSession second = session;
    return second == null ? failure.orElseThrow() : second.invoke(event, stream, left(begin));
  }

  private Duration left(long begin) {
    return function.timeout().minusNanos(System.nanoTime() - begin);
  }

  /**
   * Starts a process and waits until it is initialised; where it is not, there is none then.
   *
   * @param phase of the invocation: {@code init}, or {@code invoke} where it is under way
   */
  private Optional<Outcome> initialize(Duration time, String phase) {
    surroundings.carrier.computingForLong();
    long begin = System.nanoTime();
    log.initStart();
    Optional<Outcome> failure = startedUndisturbed(time);
    if (failure.isPresent()) {
      settle();
      log.initReport(
          Duration.ofNanos(System.nanoTime() - begin),
          phase,
          endingOfInitialization(failure.get()));
      end();
    }
    return failure;
  }

  /** A client that goes away does not keep a process from starting. */
  private Optional<Outcome> startedUndisturbed(Duration time) {
    boolean interrupted = Thread.interrupted();
    try {
      return started(time);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Optional<Outcome> started(Duration time) {
    RuntimeSession starting = new RuntimeSession(surroundings.deadlines);
    session = starting;
    outOfMemory = false;
    String doubt;
    boolean begun = false;
    try {
      Launch launch =
          surroundings.launcher.launch(
              function,
              new Launcher.Place(listening.address(), temporary, logStream.name(), credentials));
      doubt = launch.doubt();
      process = RuntimeProcess.start(launch, surroundings.children, log::line, starting::exited);
      begun = true;
    } catch (IOException e) {
      return Optional.of(new Outcome.NotStarted(String.valueOf(e.getMessage())));
    } finally {
      if (!begun) {
        // Without a process, nobody will ever take an event from this session.
        session = null;
      }
    }
    return starting
        .awaitInitialized(time)
        .map(
            failure ->
                doubt != null && failure instanceof Outcome.Exited
                    ? new Outcome.NotStarted(doubt)
                    : failure);
  }

  private Invoked finished(
      Event event, Outcome outcome, Duration duration, @Nullable Duration initialization) {
    settle();
    String id = event.requestId();
    PlatformLog.Ending ending = ending(id, outcome);
    if (endsProcess(outcome)) {
      end();
    }
    @Nullable String tail =
        log.end(
            id,
            new PlatformLog.Figures(
                duration, initialization, function.memoryMegabytes(), peakMegabytes, ending));
    return switch (outcome) {
      case Outcome.Answered answered -> new Invoked(answered.payload(), false, tail);
      case Outcome.Streamed streamed -> new Invoked(NOTHING, false, tail);
      case Outcome.Failed failed -> new Invoked(failed.document(), true, tail);
      case Outcome.Exited exited ->
          new Invoked(FunctionErrors.exited(id, exited.reason()), true, tail);
      case Outcome.NotStarted none ->
          new Invoked(FunctionErrors.notStarted(id, none.reason()), true, tail);
      case Outcome.TimedOut late ->
          new Invoked(FunctionErrors.timedOut(id, function.timeout()), true, tail);
    };
  }

  /** One that has broken off its answer may be busy with who knows what. */
  private static boolean endsProcess(Outcome outcome) {
    return outcome instanceof Outcome.TimedOut
        || outcome instanceof Outcome.Exited
        || (outcome instanceof Outcome.Failed failed
            && failed.type().equals(FunctionErrors.TRUNCATED));
  }

  /** Takes what the process has printed, and how much memory it has had. */
  private void settle() {
    RuntimeProcess current = process;
    if (current != null) {
      current.settleOutput();
      lookAtMemory(current);
      outOfMemory = current.ranOutOfMemory();
      if (outOfMemory) {
        peakMegabytes = Math.max(peakMegabytes, function.memoryMegabytes());
      }
    }
  }

  /** How an invocation ended, after the log says in words what failed of Lambda's kind. */
  private PlatformLog.Ending ending(String id, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered answered -> PlatformLog.Ending.SUCCESS;
      case Outcome.Streamed streamed -> PlatformLog.Ending.SUCCESS;
      case Outcome.Failed failed -> ending(failed);
      case Outcome.Exited exited -> {
        log.words("RequestId: " + id + " Error: " + exited.reason());
        log.words(FunctionErrors.EXIT);
        yield PlatformLog.Ending.error(
            outOfMemory ? FunctionErrors.OUT_OF_MEMORY : FunctionErrors.EXIT);
      }
      case Outcome.NotStarted none -> {
        log.words("RequestId: " + id + " Error: " + none.reason());
        log.words(FunctionErrors.INVALID_ENTRYPOINT);
        yield PlatformLog.Ending.error(FunctionErrors.INVALID_ENTRYPOINT);
      }
      case Outcome.TimedOut late -> {
        log.words(
            LINE_TIME.format(Instant.now())
                + " "
                + id
                + " "
                + FunctionErrors.timeoutText(function.timeout()));
        yield PlatformLog.Ending.TIMEOUT;
      }
    };
  }

  /**
   * A function that throws has ended well, as far as its report says: AWS's clients for Node.js and
   * Python give no type then.
   */
  private static PlatformLog.Ending ending(Outcome.Failed failed) {
    return failed.type().startsWith("Runtime.") && !failed.type().equals(FunctionErrors.UNKNOWN)
        ? PlatformLog.Ending.error(failed.type())
        : PlatformLog.Ending.SUCCESS;
  }

  private static PlatformLog.Ending endingOfInitialization(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered answered -> PlatformLog.Ending.SUCCESS;
      case Outcome.Streamed streamed -> PlatformLog.Ending.SUCCESS;
      case Outcome.Failed failed -> PlatformLog.Ending.error(failed.type());
      case Outcome.Exited exited -> PlatformLog.Ending.error(FunctionErrors.EXIT);
      case Outcome.NotStarted none -> PlatformLog.Ending.error(FunctionErrors.INVALID_ENTRYPOINT);
      case Outcome.TimedOut late -> PlatformLog.Ending.TIMEOUT;
    };
  }

  private void lookAtMemory(RuntimeProcess current) {
    long now = System.nanoTime();
    if (peakNanos == 0 || now - peakNanos > PEAK_AGE_NANOS) {
      peakNanos = now;
      peakMegabytes = Math.max(peakMegabytes, current.peakMegabytes());
    }
  }

  /** Ends the process; the next event starts another. */
  private void end() {
    surroundings.carrier.computingForLong();
    session = null;
    RuntimeProcess current = process;
    process = null;
    peakNanos = 0;
    if (current != null) {
      current.kill();
    }
  }

  @Override
  public void close() {
    RuntimeProcess last = process;
    end();
    surroundings.roles.close(credentials);
    listening.close();
    logStream.close();
    if (last != null) {
      // Else it might still write where everything is deleted.
      last.awaitKilled();
    }
    deleteTemporary();
  }

  private void deleteTemporary() {
    try {
      Trees.delete(temporary);
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted: {}", temporary, e.toString());
    }
  }
}
