package io.portico.bench.micro;

import io.portico.bench.footprint.FootprintCase;
import io.portico.bench.peer.PorticoProgram;
import io.portico.bench.peer.Workplace;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.report.FigureTable.Figure;
import io.portico.bench.report.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark of this package, in JVMs that are set up as the server's is. */
public final class MicroBenchmarks extends FootprintCase {
  private static final List<Class<?>> BENCHMARKS =
      List.of(
          RoutingBenchmark.class,
          HeaderMappingBenchmark.class,
          ApiKeyBenchmark.class,
          UsageBenchmark.class,
          AccessLogBenchmark.class,
          MetricsBenchmark.class,
          TracingBenchmark.class,
          TemplateBenchmark.class,
          SchemaBenchmark.class,
          CallBenchmark.class,
          ExplainBenchmark.class,
          CacheBenchmark.class);

  private static final TimeValue ITERATION = TimeValue.milliseconds(500);

  /** JMH reads fields by what newer JDKs warn of. */
  private static final String QUIET_UNSAFE = "--sun-misc-unsafe-memory-access=allow";

  /** Nothing here logs, so nothing is there to log to. */
  private static final String QUIET_LOGGING = "-Dslf4j.internal.verbosity=ERROR";

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private final PorticoProgram program = new PorticoProgram();

  @Override
  public String name() {
    return "micro";
  }

  @Override
  protected List<Figure> measure(Workplace workplace, boolean quick) {
    return measure(
        new OptionsBuilder()
            .forks(quick ? 1 : 2)
            .warmupIterations(quick ? 3 : 5)
            .warmupTime(ITERATION)
            .measurementIterations(quick ? 3 : 6)
            .measurementTime(ITERATION)
            .jvmArgs(program.jvmOptions().toArray(String[]::new))
            .jvmArgsAppend(QUIET_UNSAFE, QUIET_LOGGING));
  }

  /** Each benchmark's figure, {@code settings} saying how long and where. */
  static List<Figure> measure(ChainedOptionsBuilder settings) {
    List<Figure> figures = new ArrayList<>();
    for (Class<?> benchmarks : BENCHMARKS) {
      for (RunResult result : run(benchmarks, settings)) {
        Figure figure = figure(result);
        System.out.println(figure.what() + ": " + figure.measured());
        figures.add(figure);
      }
    }
    return figures;
  }

  private static List<RunResult> run(Class<?> benchmarks, ChainedOptionsBuilder settings) {
    try {
      return List.copyOf(
          new Runner(
                  new OptionsBuilder()
                      .parent(settings.build())
                      .include("^" + Pattern.quote(benchmarks.getName() + "."))
                      .mode(Mode.AverageTime)
                      .timeUnit(TimeUnit.NANOSECONDS)
                      .addProfiler(GCProfiler.class)
                      .shouldFailOnError(true)
                      .verbosity(VerboseMode.SILENT)
                      .build())
              .run());
    } catch (RunnerException e) {
      throw new BenchFailure(benchmarks.getSimpleName() + " failed: " + e.getMessage(), e);
    }
  }

  private static Figure figure(RunResult result) {
    Series nanos = nanos(result);
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
    if (allocated == null) {
      throw new BenchFailure("the JVM does not count what it allocates");
    }
    return new Figure(
        part(result.getParams().getBenchmark()),
        String.format(
            Locale.ROOT,
            "%,.0f ns (%,.0f, ± %.0f %%), %,.0f bytes",
            nanos.median(),
            nanos.least(),
            nanos.spread() * 100,
            allocated.getScore()));
  }

  /** Of an operation, one value an iteration. */
  private static Series nanos(RunResult result) {
    return new Series(
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .map(iteration -> iteration.getPrimaryResult().getScore())
            .toList());
  }

  /**
   * What the table calls a benchmark.
   *
   * @param benchmark class and method, as JMH names it
   */
  private static String part(String benchmark) {
    int dot = benchmark.lastIndexOf('.');
    String method = benchmark.substring(dot + 1);
    return BENCHMARKS.stream()
        .filter(type -> type.getName().equals(benchmark.substring(0, dot)))
        .flatMap(type -> Arrays.stream(type.getMethods()))
        .filter(each -> each.getName().equals(method))
        .map(each -> each.getAnnotation(Part.class).value())
        .findFirst()
        .orElseThrow();
  }
}
