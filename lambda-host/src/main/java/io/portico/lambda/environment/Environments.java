package io.portico.lambda.environment;

import com.sun.management.OperatingSystemMXBean;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.logs.LogStore;
import io.portico.lambda.environment.ExecutionEnvironment.Surroundings;
import io.portico.lambda.environment.RuntimeProcess.Children;
import io.portico.lambda.isolation.Cgroups;
import io.portico.lambda.snapshot.FunctionId;
import io.portico.lambda.snapshot.FunctionSnapshot;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The execution environments of all functions. */
// The retirement is never waited for.
@SuppressWarnings("FutureReturnValueIgnored")
public final class Environments implements AutoCloseable {
  private static final long SECONDS_BETWEEN_RETIREMENTS = 5;
  private static final long SECONDS_BETWEEN_LOOKS = 1;

  /** More of the cores' time than this is taken: they are busy. */
  private static final double BUSY = 0.9;

  private final Map<Version, EnvironmentPool> pools = new ConcurrentHashMap<>();
  private final Map<FunctionId, FunctionConcurrency> concurrency = new ConcurrentHashMap<>();
  private final Supervisor supervisor = new Supervisor();
  private final Deadlines deadlines = new Deadlines();
  private final ScheduledExecutorService retirement =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("functions-retire").unstarted(task));
  private final OperatingSystemMXBean machine =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final Surroundings surroundings;
  private final Limits limits;

  /** Closed, until the last invocation in them has ended. */
  private final Set<EnvironmentPool> ending = ConcurrentHashMap.newKeySet();

  private record Version(FunctionId id, String version) {}

  /**
   * How many, and for how long.
   *
   * @param most environments of one version of a function
   * @param idle how long one is kept that has nothing to do
   * @param initialization how long a function may take to begin; then it is begun again as part of
   *     the invocation
   */
  public record Limits(int most, Duration idle, Duration initialization) {

    /** With AWS's time to begin; source: documented, Execution environment lifecycle. */
    public Limits(int most, Duration idle) {
      this(most, idle, Duration.ofSeconds(10));
    }
  }

  /**
   * @param temporary the folder in which each environment has one of its own in place of {@code
   *     /tmp}
   * @param cgroups that limit what each environment takes, or null where there are none
   * @param carrier of the threads that invoke
   */
  public Environments(
      RuntimeListeners listeners,
      Launcher launcher,
      RoleSessions roles,
      LogStore logs,
      Path temporary,
      Limits limits,
      @Nullable Cgroups cgroups,
      Carrier carrier) {
    this.surroundings =
        new Surroundings(
            new Children(supervisor, new OutputWatch(), new ProcessWatch(), cgroups),
            listeners,
            launcher,
            roles,
            logs,
            temporary,
            limits.initialization,
            deadlines,
            carrier);
    this.limits = limits;
    retirement.scheduleWithFixedDelay(
        () -> pools.values().forEach(pool -> pool.retire(limits.idle)),
        SECONDS_BETWEEN_RETIREMENTS,
        SECONDS_BETWEEN_RETIREMENTS,
        TimeUnit.SECONDS);
    retirement.scheduleWithFixedDelay(
        this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
  }

  private void look() {
    boolean coresBusy = machine.getCpuLoad() > BUSY;
    pools.values().forEach(pool -> pool.look(coresBusy));
  }

  /**
   * Runs a function on an event.
   *
   * @throws ConcurrencyException if it runs as often as it may
   * @throws IOException if this machine has no room for another environment
   */
  public Invoked invoke(FunctionSnapshot function, Event event)
      throws ConcurrencyException, IOException {
    return invoke(function, event, null);
  }

  /**
   * Runs a function on an event, for whoever takes the answer while it comes.
   *
   * @return at once: it tells of refusals, too
   */
  public ResponseStream stream(FunctionSnapshot function, Event event) {
    ResponseStream stream = new ResponseStream();
    Thread.ofVirtual()
        .name("function-stream-" + event.requestId())
        .start(() -> run(function, event, stream));
    return stream;
  }

  private void run(FunctionSnapshot function, Event event, ResponseStream stream) {
    try {
      stream.end(invoke(function, event, stream));
    } catch (ConcurrencyException e) {
      stream.refuse(e);
    } catch (IOException e) {
      stream.fail(e);
    } catch (RuntimeException | Error e) {
      stream.fail(new IOException("the invocation broke off", e));
      throw e;
    }
  }

  private Invoked invoke(FunctionSnapshot function, Event event, @Nullable ResponseStream stream)
      throws ConcurrencyException, IOException {
    FunctionConcurrency invocations = concurrency(function.id());
    invocations.enter();
    try {
      return pool(function).invoke(event, stream);
    } finally {
      invocations.leave();
    }
  }

  private FunctionConcurrency concurrency(FunctionId id) {
    FunctionConcurrency known = concurrency.get(id);
    return known == null
        ? concurrency.computeIfAbsent(id, added -> new FunctionConcurrency())
        : known;
  }

  /**
   * Limits how many invocations of a function run at once, those of all its versions taken
   * together. It holds from the next invocation on, and ends no environment.
   *
   * @param most null for no limit of its own
   */
  public void reserve(FunctionId id, @Nullable Integer most) {
    concurrency(id).reserve(most);
  }

  /** How many invocations of a function may run at once, or null for no limit of its own. */
  public @Nullable Integer reserved(FunctionId id) {
    FunctionConcurrency known = concurrency.get(id);
    return known == null ? null : known.reserved();
  }

  /** Forgets the limit of a function that is no more. */
  public void forget(FunctionId id) {
    concurrency.remove(id);
  }

  /** Another edition has another pool; what runs in the old one ends there. */
  private EnvironmentPool pool(FunctionSnapshot function) {
    Version version = new Version(function.id(), function.version());
    EnvironmentPool known = pools.get(version);
    if (known != null && known.runs(function)) {
      return known;
    }
    AtomicReference<@Nullable EnvironmentPool> replaced = new AtomicReference<>();
    EnvironmentPool now =
        pools.compute(
            version,
            (key, pool) -> {
              if (pool != null && pool.runs(function)) {
                return pool;
              }
              replaced.set(pool);
              return new EnvironmentPool(function, surroundings, limits.most);
            });
    EnvironmentPool old = replaced.get();
    if (old != null) {
      surroundings.carrier().computingForLong();
      end(old);
    }
    return now;
  }

  /** Ends the environments of a version that is no more. */
  public void remove(FunctionId id, String version) {
    EnvironmentPool pool = pools.remove(new Version(id, version));
    if (pool != null) {
      end(pool);
    }
  }

  private void end(EnvironmentPool pool) {
    ending.removeIf(EnvironmentPool::isEmpty);
    ending.add(pool);
    pool.close();
  }

  /** The functions that have environments now, those included that are no more or have changed. */
  public List<FunctionSnapshot> running() {
    ending.removeIf(EnvironmentPool::isEmpty);
    return Stream.concat(pools.values().stream(), ending.stream())
        .filter(pool -> !pool.isEmpty())
        .map(EnvironmentPool::function)
        .toList();
  }

  /** Kills every function. */
  @Override
  public void close() {
    retirement.shutdownNow();
    // All of them at once; what is left to do for each is to wait for its end.
    supervisor.close();
    pools.values().forEach(EnvironmentPool::close);
    deadlines.close();
  }
}
